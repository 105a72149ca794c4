using Courier.Health;
using Courier.Outages;
using Courier.Schedules;
using Microsoft.Extensions.Options;

namespace Courier.Watch;

/// <summary>Gathers the facts that alerts are decided by.</summary>
public sealed class HealthFactsReader(HealthReports reports, ProbeDesk probes, WaitingRequests requests, ScheduleBook schedules, IOptions<OutageOptions> options)
{
    /// <param name="outage">What is known of it: the API is probed while there is one, or may be.</param>
    public async Task<HealthFacts> ReadAsync(OutageState outage, CancellationToken cancellationToken)
    {
        DateTimeOffset readAt = probes.Now;
        await reports.PublishAsync(cancellationToken);
        HealthWindow window = await reports.ReadAsync(cancellationToken);
        DateTimeOffset? heldSince = await probes.HeldSinceAsync(cancellationToken);
        bool isProbeWanted = heldSince is null && OutagePolicy.NeedsProbe(window, outage, options.Value, probes.Now);
        bool? works = isProbeWanted ? await probes.TryAsync(cancellationToken) : null;
        (int waiting, DateTimeOffset? pausedSince) = await requests.ReadAsync(cancellationToken);
        return new HealthFacts(readAt, probes.Now, window, works, heldSince, waiting, schedules.LastDue(probes.Now)) { PausedSince = pausedSince };
    }
}
