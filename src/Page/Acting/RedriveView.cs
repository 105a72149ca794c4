using Courier.Operations.Redrives;

namespace Courier.Page.Acting;

/// <summary>A redrive as the page follows it.</summary>
/// <param name="Skipped">Those that were not sent, the first hundred.</param>
/// <param name="Failure">Why it broke off; it can be gone on with.</param>
internal sealed record RedriveView(string Id, string What, RedriveProgress Progress, IReadOnlyList<SkippedLetter> Skipped, string? Failure, bool IsRunning);
