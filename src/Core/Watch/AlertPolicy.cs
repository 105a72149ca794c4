using System.Diagnostics;
using Courier.Alerts;
using Courier.Health;
using Courier.Outages;
using Microsoft.Extensions.Options;

namespace Courier.Watch;

/// <summary>Decides which alerts are raised: one a transition. Pure.</summary>
public sealed class AlertPolicy(IOptions<OutageOptions> outage, IOptions<AlertOptions> alerts)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Facts that are older than what was decided by are late; by more than this, a clock was wrong. A look after a longer pause is the first one.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(10);

    /// <returns>The next state, without what is to be sent, and the alerts to raise with the beginning of their episodes.</returns>
    public (AlertState State, IReadOnlyList<(AlertKind Kind, DateTimeOffset Since)> Raised) Evaluate(HealthFacts facts, AlertState state)
    {
        TimeSpan pause = facts.ReadAt - state.ReadAt;
        if (pause < TimeSpan.Zero && pause > -s_pause)
            return (state, []);
        state = (pause > s_pause ? state with { WatchingSince = facts.Now, WaitingSince = null, DueSince = null } : state) with { ReadAt = facts.ReadAt };
        List<(AlertKind, DateTimeOffset)> raised = [];
        state = Outage(facts, state, raised);
        state = Credential(facts, state, raised);
        state = DeadLetters(facts, state, raised);
        state = Storage(facts, state, raised);
        return (Silence(facts, state, raised), raised);
    }

    private AlertState Outage(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        (OutageState next, OutageNews? news) = OutagePolicy.Evaluate(facts.Window, facts.Probe, state.Outage, outage.Value, facts.Now);
        if (news is { } told)
            raised.Add((Kind(told), (next.Since ?? state.Outage.Since)!.Value));
        return state with { Outage = next };
    }

    private static AlertKind Kind(OutageNews news) => news switch
    {
        OutageNews.Opened => AlertKind.ApiOutage,
        OutageNews.Continues => AlertKind.ApiOutageContinues,
        OutageNews.Over => AlertKind.ApiRecovered,
        _ => throw new UnreachableException(),
    };

    private static AlertState Credential(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        if (facts.HeldSince == state.CredentialSince)
            return state;
        raised.Add(facts.HeldSince is { } since ? (AlertKind.CredentialRejected, since) : (AlertKind.CredentialRestored, state.CredentialSince!.Value));
        return state with { CredentialSince = facts.HeldSince };
    }

    private AlertState DeadLetters(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        DateTimeOffset from = facts.Now - s_hour;
        bool isTold = state.DeadLettersToldAt > from;
        if (isTold || alerts.Value.DeadLettersPerHour == 0 || facts.Window.Since(from).DeadLetters < alerts.Value.DeadLettersPerHour)
            return state;
        raised.Add((AlertKind.DeadLettersRising, facts.Window.Buckets.First(bucket => bucket.At >= from && bucket.DeadLetters > 0).At));
        return state with { DeadLettersToldAt = facts.Now };
    }

    /// <summary>Once, until it has not been met for a while.</summary>
    private static AlertState Storage(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        if (facts.Window.Blocked is { } blocked && state.StorageBlockedSince is null)
            raised.Add((AlertKind.StorageBlocked, blocked.Since));
        return state with { StorageBlockedSince = facts.Window.Blocked is { } now ? state.StorageBlockedSince ?? now.Since : null };
    }

    /// <summary>An outage and a refused key tell their own story, and a pause is meant: what is late begins to count when they are over.</summary>
    private AlertState Silence(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        DateTimeOffset? success = Later(facts.Window.LastSuccessAt, state.LastSuccessAt);
        bool hasSucceeded = success is not null && success != state.LastSuccessAt;
        bool isExplained = state.Outage.Since is not null || facts.HeldSince is not null || facts.PausedSince is not null;
        bool isDue = facts.LastDue > state.WatchingSince && facts.LastDue > (success ?? DateTimeOffset.MinValue);
        state = state with
        {
            LastSuccessAt = success,
            WaitingSince = facts.Waiting == 0 ? null : hasSucceeded || isExplained ? facts.Now : state.WaitingSince ?? facts.Now,
            DueSince = !isDue ? null : isExplained ? facts.Now : hasSucceeded ? facts.LastDue : state.DueSince ?? facts.LastDue,
            SilenceSince = hasSucceeded ? null : state.SilenceSince,
        };
        DateTimeOffset? since = Earlier(state.WaitingSince, state.DueSince);
        if (since is null || state.SilenceSince is not null || facts.Now - since < alerts.Value.SilenceAfter)
            return state;
        raised.Add((AlertKind.Silence, since.Value));
        return state with { SilenceSince = since };
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
