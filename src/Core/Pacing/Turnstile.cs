using Courier.Messages;
using Courier.Quota;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>Lets each request through at its turn in the quota.</summary>
public sealed class Turnstile(QuotaLedger ledger, RefusalCheck refusals, IOptions<QuotaOptions> quota, TimeProvider time)
{
    /// <summary>A shorter wait is spent here: a message that is parked is hidden for whole seconds.</summary>
    private static readonly TimeSpan s_shortWait = TimeSpan.FromSeconds(2);

    /// <summary>So often it is looked whether a claim has been checked.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    /// <summary>A storage queue hides a message for seven days at the most; whoever must wait longer comes back in between.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(6);

    /// <summary>While another user of the quota is about, an instance learns of a gate that another one closed within this time.</summary>
    private static readonly TimeSpan s_freshnessWhenRefused = TimeSpan.FromSeconds(1);

    /// <summary>An instance that can give no slot leaves the request to the others for so long.</summary>
    private static readonly TimeSpan s_elsewhere = TimeSpan.FromSeconds(30);

    public async ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        Place? place = envelope.Delivery.Slot is { } own ? await PlaceOfAsync(own, envelope, cancellationToken) : null;
        place ??= await ledger.TakeAsync(WishOf(envelope.Request), cancellationToken);
        if (place is not { } found)
            return new Admission.Wait(await UntilExpiryAsync(envelope.Request, cancellationToken) is { } left ? Rest(left) : s_elsewhere, envelope.Delivery.Slot);
        while (true)
        {
            TimeSpan wait = LedgerState.Later(found.Turn, ledger.ClosedUntil) - time.GetUtcNow();
            if (wait > s_shortWait)
                return new Admission.Wait(Parked(wait), await SealedAsync(found.Slot, envelope.Request, cancellationToken));
            if (wait > TimeSpan.Zero)
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken); // a timer drops what is less
            else if (refusals.IsChecking)
                await Task.Delay(s_look, time, cancellationToken); // and then look again: the gate may be closed
            else
                return Admission.Granted.One;
        }
    }

    private static Wish WishOf(ApiRequest request) =>
        request.IsHighPriority ? Wish.Urgent.One : request.ExpiresAt is { } end ? new Wish.Next(end) : Wish.Next.One;

    /// <summary>How long until a request expires whose turn would come later; null when the line is no reason to give it no place.</summary>
    private async ValueTask<TimeSpan?> UntilExpiryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.ExpiresAt is not { } end)
            return null;
        DateTimeOffset now = time.GetUtcNow();
        LedgerState known = (await ledger.ReadAsync(quota.Value.Horizon, cancellationToken)).At(now, quota.Value);
        return known.Plan(quota.Value).Turn(known.Waiting) >= end ? end - now : null;
    }

    /// <summary>The line may get shorter: it is asked once more in the middle of what is left, and so on.</summary>
    private static TimeSpan Rest(TimeSpan left) => left > s_elsewhere ? Parked(left / 2) : Parked(left) + TimeSpan.FromSeconds(1);

    /// <summary>When a request that comes back with its slot may call; null when the slot is none of this ledger's.</summary>
    private async ValueTask<Place?> PlaceOfAsync(Slot own, Envelope envelope, CancellationToken cancellationToken)
    {
        LedgerState known = await ReadAsync(cancellationToken);
        if (!known.IsGenuine(own, envelope.Request.Id, quota.Value))
            return null;
        return known.TurnOf(own, time.GetUtcNow(), quota.Value, envelope.IsRedelivered) is { } turn
            ? new Place(own, turn)
            : await ledger.TakeAsync(new Wish.Again(own, envelope.IsRedelivered), cancellationToken);
    }

    private async ValueTask<LedgerState> ReadAsync(CancellationToken cancellationToken)
    {
        LedgerState known = await ledger.ReadAsync(quota.Value.Horizon, cancellationToken);
        bool wasRefused = time.GetUtcNow() - known.ClosedUntil < quota.Value.Window;
        return wasRefused && s_freshnessWhenRefused < quota.Value.Horizon ? await ledger.ReadAsync(s_freshnessWhenRefused, cancellationToken) : known;
    }

    private async ValueTask<Slot> SealedAsync(Slot slot, ApiRequest request, CancellationToken cancellationToken) =>
        slot.Seal is null ? (await ledger.ReadAsync(quota.Value.Horizon, cancellationToken)).Sealed(slot, request.Id, quota.Value) : slot;

    /// <summary>In whole seconds, as a queue counts them, and rounded down: the rest is spent here, so that calls keep their distance.</summary>
    private static TimeSpan Parked(TimeSpan wait) => TimeSpan.FromSeconds(Math.Floor((wait < s_longestWait ? wait : s_longestWait).TotalSeconds));
}
