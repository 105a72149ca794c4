using System.Text.Json.Serialization;

namespace Courier.Operations.Redrives;

/// <summary>What a redrive has done so far.</summary>
/// <param name="Next">How many of the set have been looked at.</param>
/// <param name="Done">Sent, and settled with success.</param>
/// <param name="Returned">Sent, and dead again.</param>
/// <param name="Skipped">Not sent, for the reasons told in <see cref="NewlySkipped"/>.</param>
public sealed record RedriveProgress(string Run, RedriveState State, int Total, int Next = 0, int Sent = 0, int Done = 0, int Returned = 0, int Skipped = 0)
{
    /// <summary>How many are sent together now: one, five, twenty-five …</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>The one for which it was stopped.</summary>
    public ReturnedLetter? StoppedBy { get; init; }

    /// <summary>Sent, and not settled.</summary>
    [JsonIgnore]
    public int Waiting => Sent - Done - Returned;

    /// <summary>Since the progress before.</summary>
    [JsonIgnore]
    public IReadOnlyList<SkippedLetter> NewlySkipped { get; init; } = [];
}
