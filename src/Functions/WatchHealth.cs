using Courier.Watch;
using Microsoft.Azure.Functions.Worker;

namespace Courier.Functions;

/// <summary>Each minute: is the API out, the key refused, are dead letters rising, is it silent?</summary>
public sealed class WatchHealth(HealthWatch watch)
{
    [Function(nameof(WatchHealth))]
    public Task RunAsync([TimerTrigger("0 * * * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        watch.RunAsync(cancellationToken);
}
