using Courier.Contracts;
using Courier.Pacing;
using Courier.Quota;
using Courier.Tests.Processing;
using Courier.Tests.Quota;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

public sealed class DrainForecastTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    [Fact]
    public void Nothing_waits() => Assert.Equal("0 waiting, 4829 calls an hour: clear", Of(0, Create()).ToString());

    [Theory]
    [InlineData(0)] // nothing is handed out yet
    [InlineData(2400)]
    [InlineData(4800)] // each has its slot
    public void Backlog_that_fits_clears_at_the_highest_rate_whether_slots_are_given_out_or_not(int given)
    {
        LedgerState ledger = Create() with { Tail = given };

        DrainForecast forecast = Of(4800, ledger);

        Assert.Equal(s_now.AddMinutes(4), forecast.ClearsAt!.Value, TimeSpan.FromSeconds(6));
        Assert.Contains("clears at 2026-01-01 12:0", forecast.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Backlog_of_ten_windows_takes_nine_hours() =>
        Assert.InRange((Of(48_500, Create()).ClearsAt!.Value - s_now).TotalHours, 9, 9.2);

    [Fact]
    public void Closed_gate_moves_the_end_and_a_smaller_share_moves_it_farther()
    {
        LedgerState ledger = Create().TakeNext(2400, s_now, s_quota).State.At(s_now, s_quota).Refused(s_now.AddMinutes(10), s_now, s_quota);

        DrainForecast forecast = Of(2400, ledger);

        Assert.Equal(s_now.AddMinutes(10), forecast.ClosedUntil);
        Assert.True(forecast.CallsPerHour < 4829 && forecast.ClearsAt > s_now.AddMinutes(12));
        Assert.Contains("once the API allows calls again at 12:10:00Z", forecast.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_can_tell_the_end_while_the_key_is_on_hold()
    {
        DrainForecast forecast = DrainForecast.Of(10, Create(), s_now.AddHours(-1), s_quota, s_now);

        Assert.Null(forecast.ClearsAt);
        Assert.EndsWith("held until the key is replaced (refused since 2026-01-01 11:00Z)", forecast.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Small_moves_are_no_news_and_others_are()
    {
        DrainForecast forecast = Of(4800, Create());

        Assert.False(forecast.HasChangedSince(Of(4790, Create()), s_now));
        Assert.True(forecast.HasChangedSince(Of(2400, Create()), s_now));
        Assert.True(forecast.HasChangedSince(Of(0, Create()), s_now));
        Assert.True(DrainForecast.Of(4800, Create(), s_now, s_quota, s_now).HasChangedSince(forecast, s_now));
    }

    [Fact]
    public void Calls_of_the_last_window_are_not_those_that_wait()
    {
        LedgerState ledger = Create().TakeNext(2400, s_now.AddMinutes(-30), s_quota).State;

        Assert.InRange((Of(2000, ledger).ClearsAt!.Value - s_now).TotalSeconds, 100, 125);
    }

    [Fact]
    public void Gate_that_opens_now_is_open() => Assert.Null(Of(1, Create() with { ClosedUntil = s_now }).ClosedUntil);

    [Theory]
    [InlineData(60, 60, false)] // seconds that it has moved, minutes to go
    [InlineData(61, 20, true)]
    [InlineData(60, 10, false)]
    [InlineData(60, 20, false)]
    [InlineData(30, 5, false)]
    [InlineData(180, 60, false)]
    [InlineData(181, 60, true)]
    [InlineData(-181, 60, true)]
    public void End_that_moves_by_more_than_a_minute_and_a_twentieth_of_the_rest_is_news(int moved, int left, bool isNews)
    {
        DrainForecast forecast = new(100, 4829, null, null, s_now.AddMinutes(left));

        Assert.Equal(isNews, forecast.HasChangedSince(forecast with { ClearsAt = s_now.AddMinutes(left).AddSeconds(-moved) }, s_now));
    }

    [Fact]
    public void Another_reason_for_waiting_is_news_and_a_gate_that_stays_closed_is_none()
    {
        DrainForecast held = new(100, 4829, null, s_now, null);
        DrainForecast closed = new(100, 4829, s_now.AddMinutes(1), null, s_now.AddHours(1));

        Assert.False(held.HasChangedSince(held, s_now));
        Assert.True(held.HasChangedSince(held with { HeldSince = s_now.AddMinutes(-1) }, s_now));
        Assert.True(closed.HasChangedSince(closed with { ClosedUntil = null }, s_now));
        Assert.False(closed.HasChangedSince(closed with { ClosedUntil = s_now.AddMinutes(2) }, s_now));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task First_forecast_is_told_when_something_waits_or_the_key_is_held(bool isHeld, int told)
    {
        await using TestCourier courier = Paced.Create(_ => TestAnswers.Create(401, ""));
        if (isHeld)
            await courier.Clock.RunAsync(() => courier.Get<CredentialHold>().CheckAsync("r1", CancellationToken.None));
        EventLog<DrainOutlook> log = new();
        DrainOutlook outlook = new(courier.Get<QuotaLedger>(), courier.Get<CredentialHold>(), courier.Get<IOptions<QuotaOptions>>(), courier.Clock, log);

        await courier.Clock.RunAsync(() => outlook.TellAsync(0, CancellationToken.None));
        await courier.Clock.RunAsync(() => outlook.TellAsync(0, CancellationToken.None));

        Assert.Equal(told, log.Events.Count);
    }

    [Fact]
    public async Task Log_tells_the_forecast_when_it_changes()
    {
        await using TestCourier courier = Paced.Create();
        await courier.PostCallsAsync([.. Enumerable.Range(0, 60).Select(i => $"/{i}")]);
        EventLog<DrainOutlook> log = new();
        DrainOutlook outlook = new(courier.Get<QuotaLedger>(), courier.Get<CredentialHold>(), courier.Get<IOptions<QuotaOptions>>(), courier.Clock, log);
        List<string> forecasts = [];

        for (int minute = 0; minute < 70; minute++)
        {
            DrainForecast forecast = await courier.Clock.RunAsync(async () => await outlook.TellAsync(await courier.WaitingAsync(), CancellationToken.None));
            forecasts.Add(forecast.ToString());
            await courier.ProcessForAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Contains("clears at 2026-01-01 0", forecasts[0], StringComparison.Ordinal);
        Assert.EndsWith(": clear", forecasts[^1], StringComparison.Ordinal);
        Assert.InRange(log.Events.Count(name => name == "drain.forecast"), 2, 4);
    }

    private static LedgerState Create() => LedgerState.Fresh(TestQuota.Key, 0, s_now);

    private static DrainForecast Of(int waiting, LedgerState ledger) => DrainForecast.Of(waiting, ledger, null, s_quota, s_now);
}
