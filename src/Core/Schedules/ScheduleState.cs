using Courier.Storage;

namespace Courier.Schedules;

/// <summary>What all instances share about the schedules.</summary>
public sealed record ScheduleState(IReadOnlyList<ScheduleEntry>? Schedules) : ISharedDocument
{
    public int Version { get; init; } = ISharedDocument.CurrentVersion;

    public string? Problem(DateTimeOffset now) => Schedules is null ? "it holds no schedules."
        : Schedules.All(entry => entry is { Name.Length: > 0 } && ISharedDocument.AreMoments(now, entry.LastTick, entry.SeenAt, entry.Running?.Tick, entry.Running?.Since)) ? null
        : "an entry has no name, or a moment that cannot be.";
}
