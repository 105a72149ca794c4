using System.Globalization;
using Courier.Api;
using Courier.Messages;
using Courier.Orders;
using Courier.Storage;

namespace Courier.Pacing;

/// <summary>What the sender and the operator have said: expired? cancelled? not yet? paused? Then the gate of key and quota.</summary>
public sealed class FrontGate(StandingOrders orders, Gate gate, TimeProvider time) : IAdmission
{
    /// <summary>A storage queue hides a message for seven days at the most; whoever must wait longer comes back in between.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(6);

    private static readonly TimeSpan s_outOfReach = TimeSpan.FromSeconds(30);

    public async ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset now = time.GetUtcNow();
        if (envelope.Request.ExpiresAt <= now)
            return new Admission.Expired();
        try
        {
            return await AdmitAsync(envelope, now, cancellationToken);
        }
        catch (StorageFailureException e)
        {
            return new Admission.Wait(s_outOfReach, envelope.Delivery.Slot, e); // a delivery is not used up by what is no fault of the message
        }
    }

    public ValueTask<Lesson> LearnAsync(Envelope envelope, Call call, CancellationToken cancellationToken) => gate.LearnAsync(envelope, call, cancellationToken);

    private async ValueTask<Admission> AdmitAsync(Envelope envelope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        OrderBook book = await orders.ReadAsync(cancellationToken);
        if (book.CancelOf(envelope) is { } order)
            return new Admission.Cancelled(Words(order));
        if (envelope.Request.NotBefore is { } begin && begin > now)
            return new Admission.Wait(begin - now < s_longestWait ? begin - now : s_longestWait, envelope.Delivery.Slot);
        return book.Pause is { } pause
            ? new Admission.Wait(HoldDelay.Of(now - pause.Since), envelope.Delivery.Slot)
            : await gate.AdmitAsync(envelope, cancellationToken);
    }

    private static string Words(CancelOrder order) =>
        string.Create(CultureInfo.InvariantCulture, $"An operator cancelled it at {order.At:u} ({order.By}){(order.Why is { } why ? $": {why}" : ".")}");
}
