using Courier.Alerts;

namespace Courier.Sinks;

/// <summary>An alert on its way.</summary>
/// <param name="Sinks">Where it is still to go, by <see cref="IAlertSink.Name"/>.</param>
/// <param name="Tries">How often a try failed.</param>
/// <param name="FirstAt">When it was to go out first.</param>
public sealed record PendingAlert(Alert Alert, IReadOnlyList<string> Sinks, int Tries, DateTimeOffset NextTryAt, DateTimeOffset FirstAt)
{
    /// <summary>After that it is not tried again.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(15);

    /// <summary>A timer that comes once a minute comes a little early now and then; it need not come twice for that.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(5);

    public bool IsDue(DateTimeOffset now) => NextTryAt - now <= s_tolerance;

    public bool IsLastTry(DateTimeOffset now) => now - FirstAt >= s_patience;

    /// <summary>What is left after these tries, of all alerts; null when nothing is.</summary>
    public PendingAlert? After(IReadOnlyList<DeliveryOutcome> outcomes, DateTimeOffset now)
    {
        DeliveryOutcome[] own = [.. outcomes.Where(outcome => outcome.AlertId == Alert.Id)];
        string[] left = [.. Sinks.Except(own.Where(outcome => outcome is not DeliveryOutcome.Failed).Select(outcome => outcome.Sink))];
        if (left.Length == 0)
            return null;
        return own.Any(outcome => outcome is DeliveryOutcome.Failed)
            ? this with { Sinks = left, Tries = Tries + 1, NextTryAt = now + Pause(Tries) }
            : this with { Sinks = left };
    }

    /// <summary>1, 2, 4, 8 minutes, then 15.</summary>
    private static TimeSpan Pause(int tries) => tries < 4 ? TimeSpan.FromMinutes(1 << tries) : s_longestPause;
}
