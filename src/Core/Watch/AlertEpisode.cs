using Courier.Alerts;

namespace Courier.Watch;

/// <summary>Something that was told of, from its first alert to its end.</summary>
/// <param name="Kind">The one that opened it.</param>
/// <param name="ToldAt">When it was told first.</param>
/// <param name="Summary">What was told then.</param>
/// <param name="EndedAt">Null while it lasts, and for what has no end, like many dead letters.</param>
/// <param name="Reminders">How often it was told again.</param>
public sealed record AlertEpisode(AlertKind Kind, DateTimeOffset Since, DateTimeOffset ToldAt, string Summary, DateTimeOffset? EndedAt = null, int Reminders = 0)
{
    /// <summary>When it was told last: a reminder that is sent again is not another one.</summary>
    public DateTimeOffset LastToldAt { get; init; } = ToldAt;
}
