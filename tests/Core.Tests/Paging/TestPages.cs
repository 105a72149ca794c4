using System.Text;
using Courier.Api;
using Courier.Contracts;
using Courier.Messages;
using Courier.Origin;
using Courier.Paging;
using Courier.Storage;
using Courier.Tests.Messages;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Paging;

/// <summary>Pages of a list and what the API answers to them.</summary>
internal static class TestPages
{
    public const string Base = "https://api.test/v1";

    public static readonly DateTimeOffset Now = TestMessages.Posted.AddMinutes(5);

    public static Envelope First(string path = "/list", string baseUrl = Base, string fields = "\"paginate\":true") =>
        Read(Encoding.UTF8.GetBytes($$"""{"id":"r1","method":"GET","path":"{{path}}",{{fields}}}"""), baseUrl);

    /// <summary>As it arrives at whoever takes it from the queue.</summary>
    public static Envelope Arrived(Envelope sent, string baseUrl = Base) => Read(EnvelopeWriter.Write(sent).ToArray(), baseUrl);

    public static ApiResponse Answer(string? link = null, string body = "{}") => new(
        200,
        link is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["link"] = link },
        Encoding.UTF8.GetBytes(body));

    public static NextPage Next(Envelope page, ApiResponse answer, string baseUrl = Base, int maxPages = 500) =>
        Of(page, answer, new ApiOptions { BaseUrl = new Uri(baseUrl), Key = TestCourier.Key, MaxPages = maxPages });

    private static NextPage Of(Envelope page, ApiResponse answer, ApiOptions api) => NextPage.Of(page, answer, api, new KeyRedaction(Options.Create(api)), Now);

    /// <summary>The next page's path, "none", or why it is refused.</summary>
    public static string Outcome(NextPage next) => next switch
    {
        NextPage.Follow follow => follow.Envelope.Request.Path,
        NextPage.Refused refused => refused.Why,
        NextPage.NoPage nothing => "no page",
        _ => "none",
    };

    private static Envelope Read(byte[] text, string baseUrl)
    {
        Reading reading = TestMessages.CreateReader(baseUrl).Read(new QueuedMessage("m1", text, TestMessages.Posted, 1));
        return Assert.IsType<Reading.Request>(reading).Envelope;
    }
}
