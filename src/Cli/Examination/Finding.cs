namespace Courier.Cli.Examination;

/// <summary>One thing that was looked at.</summary>
/// <param name="Remedy">What to do; null when all is well.</param>
/// <param name="IsHint">Worth a look, and not wrong in itself.</param>
internal sealed record Finding(string What, string Found, string? Remedy = null, bool IsHint = false);
