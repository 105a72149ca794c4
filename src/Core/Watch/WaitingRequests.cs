using Courier.Orders;
using Courier.Storage;

namespace Courier.Watch;

/// <summary>What waits on the request queue, and whether an operator wants it to.</summary>
public sealed class WaitingRequests(CourierStorage storage, StandingOrders orders)
{
    /// <returns>Messages on the queue, the hidden ones included; and since when everything is paused.</returns>
    public async Task<(int Count, DateTimeOffset? PausedSince)> ReadAsync(CancellationToken cancellationToken) =>
        (await storage.Requests.CountAsync(cancellationToken), (await orders.ReadAsync(cancellationToken)).Pause?.Since);
}
