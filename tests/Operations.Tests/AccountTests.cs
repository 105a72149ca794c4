using System.Text;
using Courier.Contracts;
using Courier.Operations.Accounting;

namespace Courier.Operations.Tests;

/// <summary>The conservation check: where everything is that was accepted.</summary>
public sealed class AccountTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_id_counts_once_and_done_wins_over_dead_and_dead_over_waiting()
    {
        Traces traces = new([new("a", TraceKind.Waiting), new("a", TraceKind.Dead), new("a", TraceKind.Done), new("b", TraceKind.Waiting), new("b", TraceKind.Dead), new("c", TraceKind.Waiting), new("d", TraceKind.Settled)]);

        Account account = Account.Of(["a", "b", "b", "c", "d", "a"], traces);

        Assert.Equal((4, 2, 1, 1, 0), (account.Accepted, account.Done, account.Dead, account.Waiting, account.Missing.Count));
        Assert.False(account.IsSettled);
    }

    [Fact]
    public void What_the_queues_have_room_for_is_unseen_and_what_they_have_not_is_missing()
    {
        Assert.Equal((3, 0), Of(["a", "b", "c"], new Traces([], UnseenRequests: 2, UnseenResults: 1)));
        Assert.Equal((0, 3), Of(["a", "b", "c"], new Traces([], UnseenRequests: 2)));
        Assert.Equal(["c", "a"], Account.Of(["c", "b", "a"], new Traces([new("b", TraceKind.Done)], UnseenRequests: 1)).Missing);
        Assert.Equal(1, Account.Of(["c", "b", "a"], new Traces([new("b", TraceKind.Done)], UnseenRequests: 1)).MayBeQueued);

        static (int, int) Of(string[] ids, Traces traces) => (Account.Of(ids, traces).Unseen, Account.Of(ids, traces).Missing.Count);
    }

    /// <summary>It waited once, and is on no queue now: somebody has deleted its message.</summary>
    [Fact]
    public void What_was_known_once_and_is_nowhere_is_missing()
    {
        Account account = Account.Of(["a"], new Traces([new("a", TraceKind.Known)]));

        Assert.Equal(["a"], account.Missing);
    }

    [Fact]
    public void Time_span_takes_its_beginning_in_and_leaves_its_end_out()
    {
        DateTimeOffset at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Traces traces = new([new("before", TraceKind.Done, at.AddTicks(-1)), new("first", TraceKind.Done, at), new("end", TraceKind.Dead, at.AddDays(1)), new("undated", TraceKind.Dead)]);

        Assert.Equal(["first", "undated"], traces.Ids(at, at.AddDays(1)));
        Assert.Equal(4, traces.Ids(null, null).Count);
    }

    [Fact]
    public async Task Everything_that_was_posted_is_accounted_for()
    {
        await using TestCourier courier = Desk.Create(path => path == "/dead" ? 404 : 200);
        await courier.PostAsync("""{"id":"done","method":"GET","path":"/x","batch":"b","reply":false}""");
        await courier.PostAsync("""{"id":"dead","method":"GET","path":"/dead"}""");
        await courier.PostLargeAsync($$"""{"id":"large","method":"PUT","path":"/x","body":"{{new string('x', 70_000)}}"}""");
        await courier.ProcessAsync();
        await courier.PostAsync("""{"id":"waiting","method":"GET","path":"/x"}""");
        await courier.PostAsync("""{"id":"later","method":"GET","path":"/x","notBefore":"2026-01-02T00:00:00Z","batch":"b"}""");
        await courier.PostAsync("no request at all");

        Traces traces = await courier.Get<TraceReader>().ReadAsync(Cancelled);
        Account account = Account.Of(["done", "dead", "large", "waiting", "later"], traces);

        Assert.Equal((5, 2, 1, 2, 0), (account.Accepted, account.Done, account.Dead, account.Waiting, account.Unseen));
        Assert.Empty(account.Missing);
    }

    [Fact]
    public async Task Message_that_somebody_deleted_is_named()
    {
        await using TestCourier courier = Desk.Create(settings: ("Quota:Limit", "5000"));
        await courier.PostAsync("""{"id":"kept","method":"GET","path":"/x","batch":"b"}""");
        await courier.ProcessAsync();
        await courier.PostAsync("""{"id":"stolen","method":"GET","path":"/x","batch":"b","notBefore":"2026-01-02T00:00:00Z"}""");
        await courier.ProcessAsync();
        await courier.PostLargeAsync($$"""{"id":"stolen-large","method":"PUT","path":"/x","body":"{{new string('x', 70_000)}}"}""");
        courier.Clock.Advance(TimeSpan.FromDays(2));
        foreach (Storage.QueuedMessage message in await courier.Storage.Requests.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancelled))
            await courier.Storage.Requests.DeleteAsync(message, Cancelled);

        Traces traces = await courier.Get<TraceReader>().ReadAsync(Cancelled);
        Account account = Account.Of(traces.Ids(null, null), traces);

        Assert.Equal(["stolen", "stolen-large"], account.Missing.Order(StringComparer.Ordinal));
        Assert.Equal((3, 1), (account.Accepted, account.Done));
    }

    [Fact]
    public async Task Pages_of_a_list_are_accounted_for_with_its_first()
    {
        await using TestCourier courier = Desk.Create(api: new StubApi((request, _) => Task.FromResult(Page(request.RequestUri!.Query))));
        await courier.PostAsync("""{"id":"list","method":"GET","path":"/x","paginate":true}""");
        while (await courier.ProcessAsync() > 0)
        {
        }

        Traces traces = (await courier.Get<TraceReader>().ReadAsync(Cancelled)).With(["list"]);
        Account account = Account.Of(traces.WithPages(["list"]), traces);

        Assert.Equal((3, 3), (account.Accepted, account.Done));
    }

    private static HttpResponseMessage Page(string query)
    {
        HttpResponseMessage answer = new() { Content = new StringContent("""{"entries":[]}""", Encoding.UTF8, "application/json") };
        int page = query.Length == 0 ? 1 : query[^1] - '0';
        if (page < 3)
            answer.Headers.TryAddWithoutValidation("Link", $"<https://api.test/x?page={page + 1}>; rel=\"next\"");
        return answer;
    }
}
