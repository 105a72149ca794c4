namespace Courier.Processing;

/// <summary>How far a batch has come.</summary>
/// <param name="Done">Called with success.</param>
/// <param name="Dead">Given up, and not yet done after all.</param>
/// <param name="Waiting">Seen by Courier, and put back for later. What has not been looked at yet nobody has counted.</param>
public sealed record BatchCount(int Done, int Dead, int Waiting);
