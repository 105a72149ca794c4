using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;
using Courier.Storage;

namespace Courier.Operations.Tests;

/// <summary>Operators and instances that do something about one dead letter at the same time.</summary>
public sealed class RaceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purge_leaves_a_dead_letter_that_came_while_it_listed()
    {
        FakeClock clock = new();
        InMemoryStorage inner = new(clock);
        Action onRemove = static () => { };
        TestCourier? known = null;
        await using TestCourier courier = Desk.Create(_ => 404, new FaultyStorage(inner, clock, operation =>
        {
            if (operation is { Verb: "remove", Place: "api-dead-letters" })
                onRemove();
            return StorageManner.Well;
        }));
        known = courier;
        await courier.GiveUpAsync("a");
        onRemove = () =>
        {
            // Meanwhile it was sent back, and is dead again, for another reason: after a POST whose outcome is not known.
            onRemove = static () => { };
            IBlobContainer records = inner.Container("api-dead-letters");
            StoredBlob record = records.ReadAsync("2026-01-01/a.json", CancellationToken.None).GetAwaiter().GetResult()!;
            string text = Encoding.UTF8.GetString(record.Content.Span).Replace("not-found", "outcome-unknown", StringComparison.Ordinal);
            records.WriteAsync("2026-01-01/a.json", Encoding.UTF8.GetBytes(text), "application/json", CancellationToken.None).GetAwaiter().GetResult();
        };

        await courier.Get<DeadLetterPurge>().RunAsync(new DeadLetterFilter { Reasons = ["not-found"] }, 1, Desk.Who, Cancelled);

        Assert.Equal(["outcome-unknown"], await known.ReasonsAsync());
    }

    [Fact]
    public async Task Mended_request_is_not_dropped_in_favour_of_the_one_that_was_sent_before()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync("a");
        courier.Api.Answer = path => path == "/mended" ? 200 : 404;
        DeadLetterRecord record = (await courier.Get<DeadLetterBook>().FindAsync("a", Cancelled))!;
        RedriveSender sender = courier.Get<RedriveSender>();
        Assert.IsType<Sending.Sent>(await sender.SendAsync("2026-01-01/a.json", "run-1", Cancelled)); // still waits: everything is paused, or there is a backlog
        Sending mended = await sender.SendAsync(record, JsonElement.Parse("""{"id":"a","method":"GET","path":"/mended"}"""), "edit", Cancelled);

        await courier.ProcessAsync();

        Assert.True(mended is Sending.Skipped || courier.Paths.Contains("/mended"), "It was said to be sent, and was never called.");
    }

    /// <summary>Mended once, and then once more before the first copy is taken up; the same once more may be sent, in case it was not sent the first time.</summary>
    [Fact]
    public async Task Of_two_mended_requests_the_second_is_refused_and_the_same_is_not()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync("a");
        DeadLetterRecord record = (await courier.Get<DeadLetterBook>().FindAsync("a", Cancelled))!;

        Assert.IsType<Sending.Sent>(await MendAsync("/mended"));
        Assert.IsType<Sending.Sent>(await MendAsync("/mended"));
        Assert.Contains("sent back otherwise", Assert.IsType<Sending.Skipped>(await MendAsync("/better")).Letter.Why, StringComparison.Ordinal);

        Task<Sending> MendAsync(string path) =>
            courier.Get<RedriveSender>().SendAsync(record, JsonElement.Parse($$"""{"id":"a","method":"GET","path":"{{path}}"}"""), "edit", Cancelled);
    }

    [Fact]
    public async Task Redrive_that_is_paused_and_cancelled_and_sent_again_is_called_once()
    {
        await using TestCourier courier = Desk.Create(_ => 404, settings: [("Quota:Limit", "5000")]);
        await courier.GiveUpAsync("a");
        courier.Api.Answer = _ => 200;
        await courier.Get<Orders.OrderDesk>().PauseAsync(Desk.Who, Cancelled);
        courier.Clock.Advance(TimeSpan.FromSeconds(20));
        await courier.Get<RedriveSender>().SendAsync("2026-01-01/a.json", "run-1", Cancelled);
        await courier.ProcessAsync();
        Assert.True(await courier.Get<Orders.OrderDesk>().CancelAsync(["a"], Desk.Who, Cancelled));
        await courier.Get<Orders.OrderDesk>().ResumeAsync(Desk.Who, Cancelled);
        await courier.ProcessForAsync(TimeSpan.FromMinutes(20));
        int before = courier.Calls.Count;
        await courier.Get<RedriveSender>().SendAsync("2026-01-01/a.json", "run-2", Cancelled);
        await courier.Get<RedriveSender>().SendAsync("2026-01-01/a.json", "run-3", Cancelled);

        await courier.ProcessForAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(before + 1, courier.Calls.Count);
        Assert.Single(await courier.ResultsAsync());
        Assert.Empty(await courier.RecordsAsync());
    }
}
