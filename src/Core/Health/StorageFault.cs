namespace Courier.Health;

/// <summary>The storage refuses something until a person mends it, as an instance met it last.</summary>
/// <param name="Since">When it was met first, without a pause of <see cref="Memory"/> since.</param>
/// <param name="What">Where, what it answered, and what to do.</param>
public sealed record StorageFault(DateTimeOffset Since, DateTimeOffset At, string What)
{
    /// <summary>Not met for so long, it is over.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    public StorageFault? Lately(DateTimeOffset now) => now - At <= Memory ? this : null;

    public static StorageFault After(StorageFault? before, string what, DateTimeOffset now) => new(before?.Lately(now)?.Since ?? now, now, what);
}
