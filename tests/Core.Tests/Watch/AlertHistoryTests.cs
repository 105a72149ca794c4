using Courier.Alerts;
using Courier.Contracts;
using Courier.Outages;
using Courier.Sinks;
using Courier.Watch;

namespace Courier.Tests.Watch;

/// <summary>What was told lately, and when it was over.</summary>
public sealed class AlertHistoryTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Outage_is_one_episode_from_its_alert_over_its_reminders_to_its_end()
    {
        AlertHistory history = AlertHistory.Empty.After(Outage(s_now, Told(AlertKind.ApiOutage)), s_now.AddMinutes(2));
        history = history.After(Outage(s_now, Told(AlertKind.ApiOutageContinues, 60)), s_now.AddMinutes(60));
        AlertEpisode lasting = Assert.Single(history.Episodes!);
        history = history.After(State(Told(AlertKind.ApiRecovered, 75)), s_now.AddMinutes(76));

        Assert.Equal((AlertKind.ApiOutage, s_now, s_now, "ApiOutage.", null, 1), (lasting.Kind, lasting.Since, lasting.ToldAt, lasting.Summary, lasting.EndedAt, lasting.Reminders));
        Assert.Equal(lasting with { EndedAt = s_now.AddMinutes(75) }, Assert.Single(history.Episodes!));
    }

    [Fact]
    public void Alert_that_is_still_to_be_sent_is_taken_in_once()
    {
        AlertState state = Outage(s_now, Told(AlertKind.ApiOutage), Told(AlertKind.ApiOutageContinues, 60));
        AlertHistory history = AlertHistory.Empty.After(state, s_now);

        Assert.Same(history, history.After(state, s_now.AddMinutes(1)));
        Assert.Equal(1, Assert.Single(history.Episodes!).Reminders);
    }

    [Theory]
    [InlineData(AlertKind.Silence)]
    [InlineData(AlertKind.StorageBlocked)]
    public void What_ends_without_an_alert_ends_when_it_stands_no_more(AlertKind kind)
    {
        AlertState standing = State(Told(kind)) with { SilenceSince = s_now, StorageBlockedSince = s_now };
        AlertHistory history = AlertHistory.Empty.After(standing, s_now);
        Assert.Null(Assert.Single(history.Episodes!).EndedAt);

        history = history.After(State(), s_now.AddMinutes(9));

        Assert.Equal(s_now.AddMinutes(9), Assert.Single(history.Episodes!).EndedAt);
    }

    [Fact]
    public void Many_dead_letters_have_no_end() =>
        Assert.Null(Assert.Single(AlertHistory.Empty.After(State(Told(AlertKind.DeadLettersRising)), s_now).After(State(), s_now.AddDays(1)).Episodes!).EndedAt);

    [Fact]
    public void End_of_what_nobody_knows_of_is_an_episode_too()
    {
        AlertEpisode episode = Assert.Single(AlertHistory.Empty.After(State(Told(AlertKind.CredentialRestored, 5)), s_now).Episodes!);

        Assert.Equal((AlertKind.CredentialRejected, s_now.AddMinutes(5)), (episode.Kind, episode.EndedAt));
    }

    [Fact]
    public void Only_the_last_hundred_are_kept()
    {
        AlertHistory history = AlertHistory.Empty;
        for (int i = 0; i < 250; i++)
            history = history.After(State(Told(AlertKind.DeadLettersRising, 0, s_now.AddHours(i))), s_now.AddHours(i));

        Assert.Equal([.. Enumerable.Range(150, 100).Select(i => s_now.AddHours(i))], history.Episodes!.Select(episode => episode.Since));
    }

    [Fact]
    public async Task Refused_key_and_its_end_are_kept_while_Courier_works()
    {
        await using TestCourier courier = Scenario.Create(1, ("Quota:Limit", "5000"));
        courier.Api.Answer = _ => 401;
        await courier.PostCallsAsync("/a");
        await courier.PassAsync(TimeSpan.FromMinutes(3));
        AlertEpisode lasting = Assert.Single((await ReadAsync(courier)).Episodes!);
        courier.Api.Answer = _ => 200;
        await courier.PassAsync(TimeSpan.FromMinutes(5));

        AlertEpisode ended = Assert.Single((await ReadAsync(courier)).Episodes!);

        Assert.Equal((AlertKind.CredentialRejected, null), (lasting.Kind, lasting.EndedAt));
        Assert.Equal(lasting with { EndedAt = ended.EndedAt }, ended);
        Assert.True(ended.EndedAt > ended.ToldAt);
    }

    private static async Task<AlertHistory> ReadAsync(TestCourier courier) =>
        System.Text.Json.JsonSerializer.Deserialize((await courier.Storage.State.ReadAsync(AlertHistory.Blob, CancellationToken.None))!.Content.Span, WatchJson.Format.AlertHistory)!;

    private static AlertState State(params PendingAlert[] pending) => new() { WatchingSince = s_now.AddDays(-1), Pending = pending };

    private static AlertState Outage(DateTimeOffset since, params PendingAlert[] pending) => State(pending) with { Outage = new OutageState(since, since, since, null, true, true) };

    private static PendingAlert Told(AlertKind kind, int minutes = 0, DateTimeOffset? since = null)
    {
        DateTimeOffset at = (since ?? s_now).AddMinutes(minutes);
        Alert alert = new()
        {
            Id = $"{kind}-{minutes}",
            Kind = kind,
            At = at,
            Since = since ?? s_now,
            Summary = $"{kind}.",
            Doing = "",
            Statistics = new AlertStatistics { From = s_now, To = at, Calls = 0, Failures = 0, DeadLetters = 0, Waiting = 0 },
            Samples = [],
            Runbook = "",
        };
        return new PendingAlert(alert, ["queue"], 0, at, at);
    }
}
