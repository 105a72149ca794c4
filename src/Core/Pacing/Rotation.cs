namespace Courier.Pacing;

/// <summary>
/// Who has been writing the ledger lately. While a backlog is handed out, an instance that has written lets all others write
/// before it writes again: compare-and-swap alone starves some of them, and their requests would fall behind.
/// </summary>
public sealed record Rotation(IReadOnlyDictionary<string, DateTimeOffset> Writers)
{
    /// <summary>What a read and a write of the blob take, with room to miss.</summary>
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(5);

    public static Rotation None { get; } = new(new Dictionary<string, DateTimeOffset>());

    public Rotation After(string writer, DateTimeOffset now) =>
        new(Recent(now).Where(other => other.Key != writer).Append(new(writer, now)).ToDictionary());

    /// <summary>Until everybody has had a turn.</summary>
    public TimeSpan Round(DateTimeOffset now) => s_turn * Recent(now).Count();

    /// <summary>How long this instance leaves the ledger to the others.</summary>
    public TimeSpan UntilTurnOf(string writer, DateTimeOffset now) =>
        Writers.TryGetValue(writer, out DateTimeOffset wrote) && Recent(now).Any(other => other.Key != writer) ? wrote + Round(now) - now : TimeSpan.Zero;

    private IEnumerable<KeyValuePair<string, DateTimeOffset>> Recent(DateTimeOffset now) => Writers.Where(writer => now - writer.Value < s_memory);
}
