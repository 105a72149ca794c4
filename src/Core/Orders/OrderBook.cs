using Courier.Messages;

namespace Courier.Orders;

/// <summary>What the operator has ordered: one small document that all instances read.</summary>
public sealed record OrderBook
{
    public const string Blob = "orders.json";

    /// <summary>Every instance reads the whole document several times a minute: it must stay small.</summary>
    public const int MostCancelled = 1000;

    /// <summary>Whatever waits on a queue comes up long before.</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(30);

    public static OrderBook Empty { get; } = new();

    public PauseOrder? Pause { get; init; }

    public IReadOnlyList<CancelOrder> Cancelled { get; init => field = value is null ? [] : [.. value.Where(order => order is not null)]; } = [];

    /// <summary>The order that the request be cancelled, if it is of a time when the request was on its way already.</summary>
    public CancelOrder? CancelOf(Envelope envelope)
    {
        foreach (CancelOrder order in Cancelled)
        {
            if (order.Id == envelope.Request.Id && envelope.Delivery.BegunAt <= order.At)
                return order;
        }

        return null;
    }

    /// <summary>With further orders, those that are long over left out.</summary>
    public OrderBook With(IEnumerable<CancelOrder> orders, DateTimeOffset now)
    {
        CancelOrder[] added = [.. orders];
        return this with { Cancelled = [.. Cancelled.Where(order => now - order.At < s_memory && added.All(other => other.Id != order.Id)), .. added] };
    }
}
