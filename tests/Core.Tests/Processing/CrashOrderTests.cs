using System.Text.Json;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;
using Courier.Tests.Messages;

namespace Courier.Tests.Processing;

/// <summary>The order of writes is such that a crash at any point repeats, and never loses.</summary>
public sealed class CrashOrderTests
{
    private static readonly string s_large = new('a', 60_000);

    /// <summary>By what happens to the request: the message, the API's answer, and the changes to storage in order, the original's removal last.</summary>
    private static readonly Dictionary<string, (string Message, int Status, string Body, string[] Changes)> s_cases = new()
    {
        ["result"] = (Message(), 200, "{}", ["send api-results", "delete api-requests"]),
        ["result with a large body"] = (Message(), 200, $"\"{s_large}\"", ["write api-results", "send api-results", "delete api-requests"]),
        ["result of a large request"] = (Message(s_large), 200, "{}", ["send api-results", "write api-requests", "delete api-requests"]),
        ["dead letter"] = (Message(), 403, "{}", ["write api-dead-letters", "send api-dead-letters", "delete api-requests"]),
        ["dead letter of a large request"] = (Message(s_large), 403, "{}", ["write api-dead-letters", "send api-dead-letters", "write api-requests", "delete api-requests"]),
        ["expired"] = (Message(more: ",\"expiresAt\":\"2025-01-01T00:00:00Z\""), 200, "{}", ["write api-dead-letters", "send api-dead-letters", "delete api-requests"]),
        ["invalid message"] = (Message(more: ",\"retries\":1"), 200, "{}", ["write api-dead-letters", "send api-dead-letters", "delete api-requests"]),
        ["copy"] = (Message(), 503, "{}", ["send api-requests", "delete api-requests"]),
        ["copy that outgrows its message"] = (Message(new string('a', 49_100)), 503, "{}", ["write api-requests", "send api-requests", "delete api-requests"]),
        ["copy of a large request"] = (Message(s_large), 503, "{}", ["send api-requests", "delete api-requests"]),
        ["copy that waits for quota"] = (Message(), 429, "{}", ["send api-requests", "delete api-requests"]),
        ["no reply wanted"] = (Message(more: ",\"reply\":false"), 200, "{}", ["delete api-requests"]),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    public static TheoryData<string, int, bool> Crashes
    {
        get
        {
            TheoryData<string, int, bool> rows = [];
            foreach ((string name, (_, _, _, string[] changes)) in s_cases)
            {
                for (int change = 0; change < changes.Length; change++)
                {
                    rows.Add(name, change, false);
                    rows.Add(name, change, true);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Original_goes_last(string name)
    {
        await using TestCourier courier = await CreateCourierAsync(name);

        await courier.ProcessAsync();

        Assert.Equal(s_cases[name].Changes, Storage(courier).Changes);
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task Crash_at_any_write_loses_nothing(string name, int change, bool after)
    {
        await using TestCourier courier = await CreateCourierAsync(name);
        Storage(courier).FailAt(change, after);

        await Assert.ThrowsAsync<OperationCanceledException>(courier.ProcessAsync);

        Storage(courier).Mend();
        courier.Clock.Advance(TimeSpan.FromMinutes(10));
        await courier.ProcessAsync();
        await AssertSettledAsync(courier, name);
    }

    [Fact]
    public async Task Storage_that_fails_before_the_call_leaves_the_message_uncalled()
    {
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api, storage: new FailingStorage(new InMemoryStorage(new FakeClock())) { Broken = "read api-requests" });

        await Assert.ThrowsAsync<OperationCanceledException>(() => courier.Get<RequestProcessor>().ProcessAsync(
            TestMessages.CreateMessage("""{"delivery":{"claimCheck":"a.json"}}"""), TestContext.Current.CancellationToken));

        Assert.Empty(api.Sent);
    }

    private static async Task AssertSettledAsync(TestCourier courier, string name)
    {
        List<JsonElement> settled = [.. await courier.ResultsAsync(), .. await courier.DeadLettersAsync()];
        List<JsonElement> records = await courier.RecordsAsync();
        switch (name.Split(' ')[0])
        {
            case "result":
                Assert.All(settled, result => Assert.Equal("r1", result.GetProperty("id").GetString()));
                Assert.InRange(settled.Count, 1, 2);
                Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
                break;
            case "copy":
                Assert.Empty(settled);
                Assert.InRange(await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken), 1, 3);
                break;
            case "no":
                Assert.Empty(settled);
                Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
                break;
            default:
                Assert.Equal("r1", Assert.Single(records).GetProperty("id").GetString());
                Assert.InRange(settled.Count, 1, 2);
                Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
                break;
        }
    }

    private static FailingStorage Storage(TestCourier courier) => (FailingStorage)courier.Get<IStorage>();

    private static string Message(string text = "a", string more = "") =>
        $$"""{"id":"r1","method":"PUT","path":"/x","body":"{{text}}"{{more}}}""";

    /// <summary>Courier with the case's message posted, on storage that can fail.</summary>
    private static async Task<TestCourier> CreateCourierAsync(string name)
    {
        (string message, int status, string body, _) = s_cases[name];
        FakeClock clock = new();
        TestCourier courier = TestCourier.Create(TestAnswers.Always(status, body), clock, storage: new FailingStorage(new InMemoryStorage(clock)));
        if (message.Length > 50_000)
            await courier.PostLargeAsync(message);
        else
            await courier.PostAsync(message);
        Storage(courier).Mend();
        return courier;
    }
}
