namespace Courier.Outages;

/// <summary>What has been told of the API's outage.</summary>
/// <param name="Since">When the calls began to fail; null while there is no outage.</param>
/// <param name="ClosedAt">When the one before was over.</param>
/// <param name="IsTotal">No call succeeded when it was opened: a single success is news.</param>
/// <param name="ProbeFailed">A probe has failed in it too: one that succeeds is news.</param>
public sealed record OutageState(DateTimeOffset? Since, DateTimeOffset OpenedAt, DateTimeOffset ToldAt, DateTimeOffset? ClosedAt, bool IsTotal, bool ProbeFailed)
{
    public static OutageState None { get; } = new(null, default, default, null, false, false);
}
