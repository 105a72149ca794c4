using Courier.ApiSimulator;

namespace Courier.LocalHost.Examples;

/// <summary>Daily scores of a portfolio: a schedule, in portfolio.json as docs/schedules.md shows it, lists so many companies that they come in 24 pages.</summary>
internal static class PortfolioExample
{
    public const string Name = "portfolio";

    public const int Companies = 1200;

    /// <summary>Page 9 waits for the quota. Page 15 outlasts the four calls of one delivery and goes through the queue.</summary>
    public static IReadOnlyList<Fault> Faults { get; } =
    [
        new() { Match = "*?page=9", Status = 429, RetryAfter = "2", Times = 1 },
        new() { Match = "*?page=15", Status = 503, Times = 5 },
    ];
}
