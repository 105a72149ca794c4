using System.Globalization;
using Courier.Quota;

namespace Courier.Pacing;

/// <summary>When the requests that wait will have been called, if nothing happens in between.</summary>
/// <param name="Waiting">Messages on the request queue, those that wait out a retry included.</param>
/// <param name="CallsPerHour">As many as the quota allows in the long run.</param>
/// <param name="ClosedUntil">A 429 keeps the gate closed until then.</param>
/// <param name="HeldSince">The key is refused since then.</param>
/// <param name="ClearsAt">Null when nothing waits, and when nobody can tell: the key is on hold.</param>
public sealed record DrainForecast(int Waiting, int CallsPerHour, DateTimeOffset? ClosedUntil, DateTimeOffset? HeldSince, DateTimeOffset? ClearsAt)
{
    private static readonly TimeSpan s_leastChange = TimeSpan.FromMinutes(1);

    public static DrainForecast Of(int waiting, LedgerState ledger, DateTimeOffset? heldSince, QuotaOptions quota, DateTimeOffset now)
    {
        LedgerState state = ledger.At(now, quota);
        double inAnHour = Math.Min(quota.MaxRate * 3600, state.Room(now, quota) * (TimeSpan.FromHours(1) / quota.TakenFor));
        return new DrainForecast(
            waiting,
            (int)Math.Min(inAnHour, int.MaxValue),
            state.ClosedUntil > now ? state.ClosedUntil : null,
            heldSince,
            waiting == 0 || heldSince is not null ? null : LastTurn(waiting, state, quota, now));
    }

    private static DateTimeOffset LastTurn(int waiting, LedgerState state, QuotaOptions quota, DateTimeOffset now)
    {
        int settled = state.Charges.Count - state.Charges.CountUpTo(now);
        return LedgerState.Later(state.Plan(quota).Turn(Math.Max(Math.Max(waiting - settled, state.Waiting) - 1, 0)), now);
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
