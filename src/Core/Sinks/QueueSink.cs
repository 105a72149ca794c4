using Courier.Alerts;
using Courier.Storage;

namespace Courier.Sinks;

/// <summary>The queue <c>api-alerts</c>.</summary>
public sealed class QueueSink(CourierStorage storage) : IAlertSink
{
    public string Name => "queue";

    public Task SendAsync(Alert alert, CancellationToken cancellationToken) =>
        storage.Alerts.SendAsync(GenericFormat.Write(alert), TimeSpan.Zero, cancellationToken);
}
