namespace Courier.Quota;

/// <summary>
/// Who has been writing the ledger lately. While a backlog is handed out, an instance that has written lets all others write
/// before it writes again: compare-and-swap alone starves some of them, and their requests would fall behind.
/// </summary>
/// <param name="Writers">Instances, and when each wrote last: milliseconds since 1970.</param>
public sealed record Rotation(IReadOnlyDictionary<string, long> Writers)
{
    /// <summary>What a read and a write of the blob take, with room to miss.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(50);

    private const int Memory = 5000;

    /// <summary>The ledger's blob stays small, however many instances there are.</summary>
    private const int MostWriters = 64;

    public static Rotation None { get; } = new(new Dictionary<string, long>());

    public Rotation After(string writer, DateTimeOffset now) =>
        new(Recent(now).Where(other => other.Key != writer).OrderByDescending(other => other.Value).Take(MostWriters - 1).Append(new(writer, now.ToUnixTimeMilliseconds())).ToDictionary());

    /// <summary>Until everybody has had a turn.</summary>
    public TimeSpan Round(DateTimeOffset now) => s_turn * Recent(now).Count();

    /// <summary>How long this instance leaves the ledger to the others.</summary>
    public TimeSpan UntilTurnOf(string writer, DateTimeOffset now) =>
        Writers.TryGetValue(writer, out long wrote) && Recent(now).Any(other => other.Key != writer)
            ? DateTimeOffset.FromUnixTimeMilliseconds(wrote) + Round(now) - now
            : TimeSpan.Zero;

    private IEnumerable<KeyValuePair<string, long>> Recent(DateTimeOffset now) =>
        Writers.Where(writer => Math.Abs(now.ToUnixTimeMilliseconds() - writer.Value) < Memory);
}
