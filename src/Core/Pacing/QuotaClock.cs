namespace Courier.Pacing;

/// <summary>
/// The time that slots are counted in. It runs with the wall clock while nothing is refused, stands still while the gate is closed,
/// and runs slower while another user of the same quota is about. So closing the gate or lowering the rate moves every slot
/// that was ever given out, in order, without touching one of the requests that hold them.
/// </summary>
/// <param name="At">Until this moment of the wall clock it stands.</param>
/// <param name="Slot">Where it stands at that moment.</param>
/// <param name="Rate">How fast it runs from there, in (0, 1]; it regains speed steadily.</param>
public readonly record struct QuotaClock(DateTimeOffset At, DateTimeOffset Slot, double Rate)
{
    /// <summary>Speed regained a second (additive increase): a tenth of the full speed in two hours.</summary>
    private const double Growth = 0.05 / 3600;

    private const double SlowestRate = 0.05;

    private double SecondsToFullSpeed => (1 - Rate) / Growth;

    public double RateAt(DateTimeOffset now) => Math.Min(1, Rate + (Growth * Math.Max(0, (now - At).TotalSeconds)));

    /// <summary>The slot whose turn it is.</summary>
    public DateTimeOffset Now(DateTimeOffset now)
    {
        double elapsed = (now - At).TotalSeconds;
        if (elapsed <= 0)
            return Slot;
        double slow = Math.Min(elapsed, SecondsToFullSpeed);
        return Slot + TimeSpan.FromSeconds((Rate * slow) + (Growth * slow * slow / 2) + (elapsed - slow));
    }

    /// <summary>When that slot's turn will be, if nothing happens in between.</summary>
    public DateTimeOffset TurnOf(DateTimeOffset slot)
    {
        double ahead = (slot - Slot).TotalSeconds;
        if (ahead <= 0)
            return At;
        double slow = SecondsToFullSpeed;
        double whileSlow = (Rate * slow) + (Growth * slow * slow / 2);
        double seconds = ahead >= whileSlow ? slow + ahead - whileSlow : (Math.Sqrt((Rate * Rate) + (2 * Growth * ahead)) - Rate) / Growth;
        return At + TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Stands still until then.</summary>
    public QuotaClock StoppedUntil(DateTimeOffset until, DateTimeOffset now) => new(until > At ? until : At, Now(now), RateAt(now));

    public QuotaClock SlowedBy(double factor) => this with { Rate = Math.Max(SlowestRate, Rate * factor) };

    /// <summary>Set back by so much: somebody else goes first.</summary>
    public QuotaClock SetBack(TimeSpan by) => this with { Slot = Slot - by };
}
