namespace Courier.Quota;

/// <summary>
/// Who has been writing the ledger lately. While a backlog is handed out, an instance that has written lets all others write
/// before it writes again: compare-and-swap alone starves some of them, and their requests would fall behind.
/// </summary>
/// <param name="Writers">Instances, and when each wrote last: milliseconds since 1970.</param>
/// <param name="Since">When the first of them wrote, after a pause.</param>
public sealed record Rotation(IReadOnlyDictionary<string, long> Writers, long Since = 0)
{
    /// <summary>What a read and a write of the blob take, with room to miss.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(50);

    private const int Memory = 5000;

    /// <summary>The ledger's blob stays small, however many instances there are.</summary>
    private const int MostWriters = 64;

    public static Rotation None { get; } = new(new Dictionary<string, long>());

    public Rotation After(string writer, DateTimeOffset now)
    {
        long wrote = now.ToUnixTimeMilliseconds();
        IEnumerable<KeyValuePair<string, long>> others = Recent(now).Where(other => other.Key != writer).OrderByDescending(other => other.Value).Take(MostWriters - 1);
        return new Rotation(others.Append(new(writer, wrote)).ToDictionary(), Recent(now).Any() ? Since : wrote);
    }

    /// <summary>Whether others may be there who have not written yet.</summary>
    public bool IsFirstRound(DateTimeOffset now, QuotaOptions quota) => Age(Since, now) > -Memory && Age(Since, now) < quota.FirstRound.TotalMilliseconds;

    /// <summary>Until everybody has had a turn.</summary>
    public TimeSpan Round(DateTimeOffset now) => s_turn * Recent(now).Count();

    /// <summary>How long this instance leaves the ledger to the others.</summary>
    public TimeSpan UntilTurnOf(string writer, DateTimeOffset now, QuotaOptions quota)
    {
        if (!Writers.TryGetValue(writer, out long wrote) || !Recent(now).Any(other => other.Key != writer))
            return TimeSpan.Zero;
        double turn = Round(now).TotalMilliseconds - Age(wrote, now);
        double second = (quota.FirstRound + (s_turn * Writers.Values.Count(other => other < wrote))).TotalMilliseconds - Age(Since, now);
        double longest = (quota.FirstRound + Round(now)).TotalMilliseconds; // whatever a clock that is wrong has written
        return TimeSpan.FromMilliseconds(Math.Clamp(Math.Max(turn, second), 0, longest));
    }

    private static double Age(long moment, DateTimeOffset now) => now.ToUnixTimeMilliseconds() - (double)moment;

    private IEnumerable<KeyValuePair<string, long>> Recent(DateTimeOffset now) =>
        Writers.Where(writer => Math.Abs(Age(writer.Value, now)) < Memory);
}
