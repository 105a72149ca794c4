using System.Text.Json.Serialization;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Quota;

/// <summary>
/// The shared ledger of the true window: which slots are taken, and who waits in line. Those in line hold numbers; their turns follow from what
/// is taken (<see cref="SlotPlan"/>), so whatever happens moves all of them without touching one. Pure: every change is a new state.
/// </summary>
public sealed record LedgerState : ISharedDocument
{
    private const int MostRuns = 60;
    private const int MostHighRuns = 6;
    private const int FarthestAhead = 3;
    private const long MostWaiting = 1_000_000_000;

    /// <summary>What a message may name.</summary>
    private const long LatestNumber = 300_000 * TimeSpan.TicksPerDay;

    /// <summary>About the year 5138.</summary>
    private const long LatestMilliseconds = 100_000_000_000_000;

    private static readonly Dictionary<string, Stock> s_noStocks = [];

    /// <summary>A shorter wait is spent at the gate.</summary>
    internal static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>Names this ledger, and seals its slots: those of another one (lost, corrupted) mean nothing here.</summary>
    public required string Key { get; init; }

    /// <summary>Slots that are taken: used, or settled to be used at that moment. Each counts until <see cref="QuotaOptions.TakenFor"/> after it.</summary>
    public required RunLog Charges { get; init; }

    /// <summary>When the turns of those are who are out of the line: of the last numbers before <see cref="Head"/>.</summary>
    public RunLog Settled { get; init; } = RunLog.Empty;

    /// <summary>Those of <see cref="Charges"/> that high priority took, for two windows.</summary>
    public RunLog High { get; init; } = RunLog.Empty;

    /// <summary>The first number of the line whose turn is not settled.</summary>
    public required long Head { get; init; }

    /// <summary>The first number that is not given out.</summary>
    public required long Tail { get; init; }

    /// <summary>No turn that is not settled is earlier.</summary>
    public required DateTimeOffset PlannedFrom { get; init; }

    /// <summary>Where a long backlog began: when it will have been handed out.</summary>
    public DateTimeOffset LineOpens { get; init; }

    /// <summary>A 429 of the quota keeps everybody waiting until then.</summary>
    public DateTimeOffset ClosedUntil { get; init; }

    /// <summary>No place ahead of the line is earlier.</summary>
    public DateTimeOffset NextAhead { get; init; }

    public ForeignUse Others { get; init; }

    /// <summary>What instances took ahead of need, by their names.</summary>
    public IReadOnlyDictionary<string, Stock> Stocks { get; init; } = s_noStocks;

    public Rotation Rotation { get; init; } = Rotation.None;

    /// <summary>How many wait in line.</summary>
    [JsonIgnore]
    public long Waiting => Tail - Head;

    public int Version { get; init; } = ISharedDocument.CurrentVersion;

    public string? Problem(DateTimeOffset now) => IsSane ? null : "its numbers contradict each other.";

    /// <summary>What can be read and still means nothing is lost like what cannot be read.</summary>
    [JsonIgnore]
    public bool IsSane => Key is { Length: >= 32 } && Head >= 0 && Head <= Tail && Charges is not null && High is not null && Stocks is not null && Stocks.Values.All(stock => stock.Count >= 0) && Rotation is { Writers: not null } && Others.Calls >= 0
        && Tail - Head < MostWaiting && PlannedFrom.Year > 1 && Rotation.Writers.Values.All(at => at is >= 0 and < LatestMilliseconds)
        && Settled is not null && Settled.Count <= Head && Tail < LatestNumber;

    /// <param name="taken">As if so many calls had just been made; all that are usable for a ledger that follows a lost one.</param>
    public static LedgerState Fresh(string key, int taken, DateTimeOffset now) => new()
    {
        Key = key,
        Charges = taken > 0 ? RunLog.Empty.Add(new Run(now, TimeSpan.Zero, taken)) : RunLog.Empty,
        Head = 0,
        Tail = 0,
        PlannedFrom = now,
    };

    /// <summary>Settles the turns up to the horizon, and forgets what counts no more.</summary>
    public LedgerState At(DateTimeOffset now, QuotaOptions quota)
    {
        LedgerState state = WithoutFuture(now, quota);
        (RunLog charges, RunLog turns, long head, DateTimeOffset from) = (state.Charges, state.Settled, Head, state.PlannedFrom);
        DateTimeOffset horizon = now + quota.Horizon;
        foreach ((Run run, _) in Waiting > 0 ? state.Plan(quota).Runs() : [])
        {
            int count = (int)Math.Min(run.CountUpTo(horizon), Tail - head);
            if (count == 0)
                break;
            (charges, turns) = (charges.Add(run.Take(count)), turns.Add(run.Take(count)));
            (head, from) = (head + count, run[count - 1] + quota.Spacing);
        }

        foreach (Stock stock in Stocks.Values.Where(stock => HasGoneBad(stock, now, quota)))
            charges = charges.Add(new Run(stock.TakenAt + quota.StockLife, TimeSpan.Zero, stock.Count)); // whoever took it may have used it, and then died

        return state with
        {
            Stocks = Stocks.Values.Any(stock => HasGoneBad(stock, now, quota)) ? Stocks.Where(stock => !HasGoneBad(stock.Value, now, quota)).ToDictionary() : Stocks,
            Charges = charges.After(now - quota.TakenFor).Coarser(MostRuns, now),
            Settled = turns.After(now - quota.TakenFor).Last(MostRuns),
            High = state.High.After(now - (2 * quota.TakenFor)).Coarser(MostHighRuns, now),
            Head = head,
            PlannedFrom = Later(from, head == Tail ? now : horizon),
        };
    }

    /// <summary>The turns of those in line, as they will be if nothing comes in between.</summary>
    internal SlotPlan Plan(QuotaOptions quota) =>
        new(Charges, Math.Max(1, Room(PlannedFrom, quota) - Kept(quota)), quota, Later(PlannedFrom, Later(LineOpens, ClosedUntil)));

    /// <summary>Whether the next place lies more than a moment ahead: then there is a backlog.</summary>
    public bool IsBehind(DateTimeOffset now, QuotaOptions quota) => Plan(quota).Turn(Waiting) > now + Moment;

    /// <summary>How many slots are free now, those left out that are given out.</summary>
    public int Free(DateTimeOffset now, QuotaOptions quota) =>
        IsBehind(now, quota) ? 0 : (int)Math.Max(0, Room(now, quota) - Kept(quota) - Charges.Count - Waiting);

    /// <summary>What the limit leaves to us: less the reserve, or less what others use, where that is more; less what lies in stock. Never nothing.</summary>
    public int Room(DateTimeOffset now, QuotaOptions quota) =>
        Math.Max(1, Math.Clamp(quota.Limit - Others.At(now, quota.Window), Math.Max(1, quota.Usable / 20), quota.Usable) - Stocks.Values.Sum(stock => stock.Count));

    /// <summary>When that slot's turn is: up to the tolerance ago, or later. Null when it was missed.</summary>
    /// <param name="mayBeUsed">Its call may have been made, by whoever had it before: then only a turn that has not come yet is one.</param>
    public DateTimeOffset? TurnOf(Slot slot, DateTimeOffset now, QuotaOptions quota, bool mayBeUsed = false)
    {
        bool isPlanned = slot.Lane == SlotLane.Line && slot.Number >= Head && slot.Number < Tail;
        DateTimeOffset? turn = isPlanned ? Plan(quota).Turn(slot.Number - Head) : slot.Lane == SlotLane.Line || HasRoom(slot.At, quota) ? SettledTurnOf(slot) : null;
        if (mayBeUsed && !(turn > now))
            return null;
        return ClosedUntil > now ? Later(turn ?? now, ClosedUntil) : turn >= now - quota.Tolerance ? turn : null;
    }

    /// <summary>Of a slot that is not in line, or no more. Null when that is not known.</summary>
    internal DateTimeOffset? SettledTurnOf(Slot slot)
    {
        if (slot.Lane == SlotLane.Ahead)
            return slot.At;
        long index = slot.Number - (Head - Settled.Count);
        return index >= 0 && index < Settled.Count ? Settled.At((int)index) : null;
    }

    /// <summary>Whether what was given out ahead of the line still fits: the limit may have become less since.</summary>
    private bool HasRoom(DateTimeOffset at, QuotaOptions quota) => Charges.CountUpTo(at) - Charges.CountUpTo(at - quota.TakenFor) <= quota.Usable;

    internal static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static bool HasGoneBad(Stock stock, DateTimeOffset now, QuotaOptions quota) => (now - stock.TakenAt).Duration() > 15 * quota.StockLife; // who took it has long settled it, if it lives

    /// <summary>What high priority took in the window before and has not yet taken in this one is kept for it.</summary>
    private int Kept(QuotaOptions quota)
    {
        if (High.Count == 0)
            return 0;
        int before = High.CountUpTo(PlannedFrom - quota.TakenFor);
        return Math.Clamp(before - (High.Count - before), 0, quota.PriorityCap);
    }

    /// <summary>Nothing lies farther ahead than a few windows; what does was written by a clock that is wrong.</summary>
    private LedgerState WithoutFuture(DateTimeOffset now, QuotaOptions quota)
    {
        DateTimeOffset farthest = now + quota.TakenFor + quota.Horizon;
        DateTimeOffset farthestAhead = now + (FarthestAhead * quota.TakenFor);
        return this with
        {
            Charges = Charges.UpTo(farthestAhead),
            Settled = Settled.UpTo(farthestAhead).Count == Settled.Count ? Settled : RunLog.Empty,
            High = High.UpTo(farthestAhead),
            PlannedFrom = PlannedFrom <= farthest ? PlannedFrom : now,
            LineOpens = LineOpens <= farthest ? LineOpens : now,
            ClosedUntil = ClosedUntil <= farthest ? ClosedUntil : now,
            NextAhead = NextAhead <= farthestAhead ? NextAhead : now,
        };
    }
}
