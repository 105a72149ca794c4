using Courier.Operations.Audit;
using Courier.Orders;

namespace Courier.Operations.Orders;

/// <summary>Pauses everything, takes that back, cancels requests that wait; and notes who did it.</summary>
public sealed class OrderDesk(StandingOrders orders, AuditLog audit)
{
    /// <summary>Every instance obeys within 15 seconds; requests wait, and use neither attempts nor quota.</summary>
    /// <returns>The pause that stands: an earlier one, if there was one.</returns>
    public async Task<PauseOrder> PauseAsync(Operator who, CancellationToken cancellationToken)
    {
        PauseOrder pause = await orders.PauseAsync(who.Name, who.Why, cancellationToken);
        await audit.WriteAsync(who, "pause", "everything", null, cancellationToken);
        return pause;
    }

    /// <summary>Every instance calls again within 15 seconds. What was put back in the meantime comes by itself, within half as long as the pause has lasted.</summary>
    /// <returns>The pause that is over; null when there was none.</returns>
    public async Task<PauseOrder?> ResumeAsync(Operator who, CancellationToken cancellationToken)
    {
        PauseOrder? pause = await orders.ResumeAsync(cancellationToken);
        if (pause is not null)
            await audit.WriteAsync(who, "resume", "everything", null, cancellationToken);
        return pause;
    }

    /// <summary>Each becomes a dead letter <c>cancelled</c> when it next comes up. An id that nobody knows does no harm.</summary>
    /// <returns>False when too many orders stand already: nothing is cancelled.</returns>
    public async Task<bool> CancelAsync(IReadOnlyCollection<string> ids, Operator who, CancellationToken cancellationToken)
    {
        if (!await orders.CancelAsync(ids, who.Name, who.Why, cancellationToken))
            return false;
        await audit.WriteAsync(who, "cancel", string.Join(' ', ids), ids.Count, cancellationToken);
        return true;
    }
}
