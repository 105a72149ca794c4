using System.Text;
using Courier.Contracts;
using Courier.Messages;
using Courier.Origin;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Messages;

/// <summary>Queue messages and envelopes as the tests of every folder need them.</summary>
internal static class TestMessages
{
    public static readonly DateTimeOffset Posted = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    public static Envelope Request(string text) => Request(Encoding.UTF8.GetBytes(text));

    public static Envelope Request(byte[] text) =>
        Assert.IsType<Reading.Request>(CreateReader().Read(CreateMessage(text))).Envelope;

    public static Reading.Malformed Malformed(string text) =>
        Assert.IsType<Reading.Malformed>(CreateReader().Read(CreateMessage(Encoding.UTF8.GetBytes(text))));

    public static EnvelopeReader CreateReader(string baseUrl = "https://api.test") =>
        new(Options.Create(new ApiOptions { BaseUrl = new Uri(baseUrl), Key = TestCourier.Key }));

    public static QueuedMessage CreateMessage(byte[] text, string id = "m1", DateTimeOffset? insertedOn = null, long dequeueCount = 1) =>
        new(id, text, insertedOn ?? Posted, dequeueCount);

    public static QueuedMessage CreateMessage(string text, string id = "m1", DateTimeOffset? insertedOn = null, long dequeueCount = 1) =>
        CreateMessage(Encoding.UTF8.GetBytes(text), id, insertedOn, dequeueCount);

    public static Envelope CreateEnvelope(
        string method = "GET",
        bool? idempotent = null,
        DateTimeOffset? expiresAt = null,
        int attempt = 0,
        DateTimeOffset? firstCallAt = null,
        IReadOnlyList<CallRecord>? history = null) => new(
            new ApiRequest
            {
                Id = "r1",
                Method = method,
                Path = "/companies/example.com",
                Target = new Uri("https://api.test/companies/example.com"),
                Idempotent = idempotent,
                ExpiresAt = expiresAt,
            },
            new Delivery { FirstSeenAt = Posted, Attempt = attempt, FirstCallAt = firstCallAt, History = history ?? [] });
}
