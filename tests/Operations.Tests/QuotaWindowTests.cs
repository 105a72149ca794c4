using Courier.Contracts;
using Courier.Operations.Overview;
using Courier.Quota;

namespace Courier.Operations.Tests;

/// <summary>The rolling window as the ledger has it: what was used when, and what is free when.</summary>
public sealed class QuotaWindowTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly QuotaOptions s_quota = new() { Limit = 1000, Reserve = 0 };

    [Fact]
    public void Nothing_called_leaves_everything_free()
    {
        QuotaWindow window = QuotaWindow.Of(Ledger(), s_quota, s_now);

        Assert.Equal((60, 62, 62, 62), (window.Used.Count, window.Counted.Count, window.Promised.Count, window.Free.Count));
        Assert.All(window.Used.Concat(window.Counted).Concat(window.Promised), count => Assert.Equal(0, count));
        Assert.All(window.Free, free => Assert.Equal(1000, free));
    }

    [Fact]
    public void What_was_called_is_free_again_a_window_later()
    {
        QuotaWindow window = QuotaWindow.Of(Ledger(new Run(s_now.AddMinutes(-50.5), TimeSpan.Zero, 300), new Run(s_now.AddMinutes(-10.5), TimeSpan.Zero, 200)), s_quota, s_now);

        Assert.Equal([(9, 300), (49, 200)], window.Used.Index().Where(slice => slice.Item > 0));
        Assert.Equal([500, 500, 800, 800, 1000], (int[])[window.Free[0], window.Free[9], window.Free[10], window.Free[49], window.Free[50]]);
        Assert.Equal([500, 500, 200, 200, 0], (int[])[window.Counted[0], window.Counted[9], window.Counted[10], window.Counted[49], window.Counted[50]]);
    }

    [Fact]
    public void Requests_that_wait_are_called_as_room_comes_and_nothing_else_is_free_meanwhile()
    {
        LedgerState ledger = Ledger(new Run(s_now.AddMinutes(-30.5), TimeSpan.Zero, 1000)) with { Tail = 400 };

        QuotaWindow window = QuotaWindow.Of(ledger, s_quota, s_now);

        Assert.Equal((0, 0), (window.Promised[0], window.Free[0]));
        Assert.Equal((0, 0), (window.Promised[29], window.Free[29]));
        Assert.Equal((400, 600), (window.Promised[40], window.Free[40]));
    }

    [Fact]
    public void Gate_that_is_closed_leaves_nothing_until_it_opens()
    {
        QuotaWindow window = QuotaWindow.Of(Ledger() with { ClosedUntil = s_now.AddMinutes(20.5) }, s_quota, s_now);

        Assert.Equal([0, 0, 1000], (int[])[window.Free[0], window.Free[20], window.Free[21]]);
    }

    [Fact]
    public void What_an_instance_holds_in_stock_counts_as_taken_now_and_is_free_again_in_the_end()
    {
        QuotaWindow window = QuotaWindow.Of(Ledger() with { Stocks = new Dictionary<string, Stock> { ["a"] = new Stock(40, s_now) } }, s_quota, s_now);

        Assert.Equal((0, 40, 960), (window.Used.Sum(), window.Counted[0], window.Free[0]));
        Assert.Equal((0, 0, 1000), (window.Promised.Max(), window.Counted[^1], window.Free[^1]));
    }

    [Fact]
    public async Task Status_shows_the_window_of_the_calls_that_were_made()
    {
        await using TestCourier courier = Desk.Create(settings: ("Quota:Limit", "5000"));
        await courier.PostCallsAsync("/a", "/b", "/c");
        await courier.PassAsync(TimeSpan.FromSeconds(30));
        courier.Clock.Advance(TimeSpan.FromMinutes(30));

        CourierStatus status = await courier.Get<StatusReader>().ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status.Quota.Used, status.QuotaWindow.Used.Sum());
        Assert.Equal((status.Quota.Left, status.Quota.Usable), (status.QuotaWindow.Free[0], status.QuotaWindow.Free[60]));
    }

    private static LedgerState Ledger(params Run[] charges) =>
        LedgerState.Fresh(new string('a', 32), 0, s_now.AddHours(-2)) with { Charges = charges.Aggregate(RunLog.Empty, (log, run) => log.Add(run)) };
}
