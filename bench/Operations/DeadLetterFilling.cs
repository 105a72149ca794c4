using System.Globalization;
using System.Text.Json;
using Courier.Messages;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench.Operations;

/// <summary>Writes dead letters as Courier does, by its own outbox.</summary>
internal static class DeadLetterFilling
{
    private const int AtOnce = 32;

    /// <param name="request">What each had been asked to call.</param>
    public static async Task WriteAsync(IStorage storage, int first, int count, Func<int, string> request)
    {
        await using ServiceProvider services = BenchCourier.Create(new DeadLetterStorage(storage), new Uri("http://localhost"));
        DeadLetterOutbox outbox = services.GetRequiredService<DeadLetterOutbox>();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancelled) => await outbox.SendAsync(Record(i, request(i), now), cancelled));
    }

    public static string IdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"r{i:000000}");

    private static DeadLetterRecord Record(int i, string request, DateTimeOffset now)
    {
        bool isForbidden = i % 10 == 0;
        return new DeadLetterRecord
        {
            Id = IdOf(i),
            Reason = isForbidden ? "forbidden" : "not-found",
            Status = isForbidden ? 403 : 404,
            Title = "Not found",
            Cause = "There is no such resource.",
            Remedies = ["Check the path."],
            Request = JsonElement.Parse(request),
            Attempts = [],
            FirstSeenAt = now,
            DeadLetteredAt = now,
        };
    }
}
