using System.Globalization;

namespace Courier.Pacing;

/// <summary>When the requests that wait will have been called, if nothing happens in between.</summary>
/// <param name="Waiting">Messages on the request queue, those that wait out a retry included.</param>
/// <param name="CallsPerHour">The rate at which slots come due now.</param>
/// <param name="ClosedUntil">A 429 keeps the gate closed until then.</param>
/// <param name="HeldSince">The key is refused since then.</param>
/// <param name="ClearsAt">Null when nothing waits, and when nobody can tell: the key is on hold.</param>
public sealed record DrainForecast(int Waiting, int CallsPerHour, DateTimeOffset? ClosedUntil, DateTimeOffset? HeldSince, DateTimeOffset? ClearsAt)
{
    private static readonly TimeSpan s_leastChange = TimeSpan.FromMinutes(1);

    public static DrainForecast Of(int waiting, LedgerState ledger, DateTimeOffset? heldSince, QuotaOptions quota, DateTimeOffset now)
    {
        DateTimeOffset due = ledger.Clock.Now(now);
        DateTimeOffset next = ledger.Next > due ? ledger.Next : due;
        int withoutSlot = Math.Max(0, waiting - (int)((next - due) / quota.Interval));
        DateTimeOffset last = ledger.Clock.TurnOf(next + (quota.Interval * withoutSlot));
        return new DrainForecast(
            waiting,
            (int)(TimeSpan.FromHours(1) / quota.Interval * ledger.Clock.RateAt(now)),
            ledger.Clock.At > now ? ledger.Clock.At : null,
            heldSince,
            waiting == 0 || heldSince is not null ? null : last > now ? last : now);
    }

    /// <summary>Whether it is worth telling after <paramref name="earlier"/>: the end has moved by a minute and a twentieth of the rest, or the reason for waiting is another.</summary>
    public bool HasChangedSince(DrainForecast earlier, DateTimeOffset now)
    {
        if (HeldSince != earlier.HeldSince || ClosedUntil is null != (earlier.ClosedUntil is null) || ClearsAt is null != (earlier.ClearsAt is null))
            return true;
        TimeSpan moved = (ClearsAt - earlier.ClearsAt ?? TimeSpan.Zero).Duration();
        TimeSpan twentieth = ((ClearsAt - now ?? TimeSpan.Zero) / 20).Duration();
        return moved > s_leastChange && moved > twentieth;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Waiting} waiting, {CallsPerHour} calls an hour{Closed}: {End}");

    private string Closed => ClosedUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $" once the API allows calls again at {until:HH:mm:ss}Z") : "";

    private string End =>
        HeldSince is { } since ? string.Create(CultureInfo.InvariantCulture, $"held until the key is replaced (refused since {since:yyyy-MM-dd HH:mm}Z)")
        : ClearsAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"clears at {at:yyyy-MM-dd HH:mm}Z")
        : "clear";
}
