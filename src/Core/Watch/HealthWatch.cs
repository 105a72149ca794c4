using Courier.StatusPages;

namespace Courier.Watch;

/// <summary>
/// Looks once a minute at what all instances have seen, raises alerts, and sends what is still to be sent. What is decided is stored, by
/// compare-and-swap, with the alerts themselves: however many look at a time, each alert is raised once, and a sender that dies has a successor.
/// </summary>
public sealed class HealthWatch(HealthFactsReader facts, AlertPolicy policy, StatusPage statusPage, AlertDesk desk, AlertHistoryStore history, SharedGauges gauges)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        AlertState known = await desk.ReadAsync(cancellationToken);
        HealthFacts seen = await facts.ReadAsync(known.Outage, cancellationToken);
        bool concernsVendor = policy.Evaluate(seen, known).Raised.Any(alert => AlertWriter.ConcernsVendor(alert.Kind));
        VendorStatus? vendor = concernsVendor ? await statusPage.ReadAsync(cancellationToken) : null;
        AlertChange change = await desk.ApplyAsync(state => policy.Evaluate(seen, state), seen, vendor, cancellationToken);
        await history.KeepAsync(change, cancellationToken);
        await gauges.LookAsync(seen, cancellationToken);
    }
}
