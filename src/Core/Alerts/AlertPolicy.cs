using Microsoft.Extensions.Options;

namespace Courier.Alerts;

/// <summary>Decides which alerts are raised: one a transition. Pure.</summary>
public sealed class AlertPolicy(IOptions<OutageOptions> outage, IOptions<AlertOptions> alerts)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <returns>The next state, without what is to be sent, and the alerts to raise with the beginning of their episodes.</returns>
    public (AlertState State, IReadOnlyList<(AlertKind Kind, DateTimeOffset Since)> Raised) Evaluate(HealthFacts facts, AlertState state)
    {
        List<(AlertKind, DateTimeOffset)> raised = [];
        state = Outage(facts, state, raised);
        state = Credential(facts, state, raised);
        state = DeadLetters(facts, state, raised);
        return (Silence(facts, state, raised), raised);
    }

    private AlertState Outage(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        (OutageState next, AlertKind? kind) = OutagePolicy.Evaluate(facts.Window, facts.Probe, state.Outage, outage.Value, facts.Now);
        if (kind is { } told)
            raised.Add((told, (next.Since ?? state.Outage.Since)!.Value));
        return state with { Outage = next };
    }

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

    /// <summary>An outage and a refused key have told their own story.</summary>
    private AlertState Silence(HealthFacts facts, AlertState state, List<(AlertKind, DateTimeOffset)> raised)
    {
        DateTimeOffset? success = Later(facts.Window.LastSuccessAt, state.LastSuccessAt);
        bool hasSucceeded = success > state.LastSuccessAt || (success is not null && state.LastSuccessAt is null);
        DateTimeOffset? waiting = facts.Waiting == 0 ? null : hasSucceeded ? facts.Now : state.WaitingSince ?? facts.Now;
        DateTimeOffset? scheduled = facts.LastDue > (success ?? DateTimeOffset.MinValue) && facts.LastDue >= state.WatchingSince ? facts.LastDue : null;
        DateTimeOffset? since = Earlier(waiting, scheduled);
        state = state with { LastSuccessAt = success, WaitingSince = waiting, SilenceSince = hasSucceeded || since is null ? null : state.SilenceSince };
        if (since is null || state.SilenceSince is not null || state.Outage.Since is not null || facts.HeldSince is not null || facts.Now - since < alerts.Value.SilenceAfter)
            return state;
        raised.Add((AlertKind.Silence, since.Value));
        return state with { SilenceSince = since };
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
