namespace Courier.Processing;

/// <summary>Says that a dead letter was sent back, and who took it up.</summary>
/// <param name="DeadLetteredAt">Which one: the same request may become a dead letter again.</param>
/// <param name="Run">Within which redrive.</param>
/// <param name="ClaimedBy">The queue message that was taken up for it; null as long as none was. Doubles of it are dropped.</param>
public sealed record RedriveMark(DateTimeOffset DeadLetteredAt, string Run, DateTimeOffset SentAt, string? ClaimedBy = null);
