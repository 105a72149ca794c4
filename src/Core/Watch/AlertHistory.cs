using Courier.Alerts;
using Courier.Sinks;
using Courier.Storage;

namespace Courier.Watch;

/// <summary>What was told lately, and when it was over: for people, nothing is decided by it ([047](decisions/047-the-alerts-of-the-past.md)).</summary>
/// <param name="Episodes">The latest last, a hundred at the most.</param>
public sealed record AlertHistory(IReadOnlyList<AlertEpisode>? Episodes) : ISharedDocument
{
    public const string Blob = "alert-history.json";

    private const int Most = 100;

    public static AlertHistory Empty { get; } = new([]);

    public int Version { get; init; } = ISharedDocument.CurrentVersion;

    public string? Problem(DateTimeOffset now) => Episodes is null ? "it holds no episodes."
        : Episodes.All(episode => episode is { Summary: not null, Reminders: >= 0 } && ISharedDocument.AreMoments(now, episode.Since, episode.ToldAt, episode.LastToldAt, episode.EndedAt)) ? null
        : "an episode has no text, or a moment that cannot be.";

    /// <summary>Takes in what is told, and ends what does not stand any more. What is known already changes nothing.</summary>
    public AlertHistory After(AlertState state, DateTimeOffset now)
    {
        List<AlertEpisode> episodes = [.. Episodes ?? []];
        foreach (PendingAlert pending in state.Pending.OrderBy(pending => pending.Alert.At))
            Take(pending.Alert, episodes);
        AlertEpisode[] next = [.. episodes.Select(episode => episode.EndedAt is null && HasEnded(episode, state) ? episode with { EndedAt = now } : episode).TakeLast(Most)];
        return next.SequenceEqual(Episodes ?? []) ? this : this with { Episodes = next };
    }

    private static void Take(Alert alert, List<AlertEpisode> episodes)
    {
        int at = episodes.FindIndex(episode => episode.Kind == alert.Kind.Opening() && episode.Since == alert.Since);
        if (at < 0)
            episodes.Add(new AlertEpisode(alert.Kind.Opening(), alert.Since, alert.At, alert.Summary, alert.Kind.IsClosing() ? alert.At : null));
        else if (alert.Kind.IsClosing())
            episodes[at] = episodes[at] with { EndedAt = episodes[at].EndedAt ?? alert.At };
        else if (alert.At > episodes[at].LastToldAt)
            episodes[at] = episodes[at] with { LastToldAt = alert.At, Reminders = episodes[at].Reminders + 1 };
    }

    private static bool HasEnded(AlertEpisode episode, AlertState state) => episode.Kind switch
    {
        AlertKind.ApiOutage => state.Outage.Since != episode.Since,
        AlertKind.CredentialRejected => state.CredentialSince != episode.Since,
        AlertKind.Silence => state.SilenceSince != episode.Since,
        AlertKind.StorageBlocked => state.StorageBlockedSince != episode.Since,
        _ => false,
    };
}
