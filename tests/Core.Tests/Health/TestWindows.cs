using Courier.Health;

namespace Courier.Tests.Health;

/// <summary>What instances have seen, drawn: a character for each ten seconds, the last one five seconds ago.</summary>
internal static class TestWindows
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 6, 0, 5, TimeSpan.Zero);

    /// <summary><c>x</c> two calls that failed, <c>o</c> two that did not, <c>h</c> one of each, <c>.</c> none.</summary>
    public static HealthWindow Of(string drawing, DateTimeOffset? lastSuccessAt = null) => new([.. Buckets(drawing)], [], [], lastSuccessAt);

    public static string Bad(int minutes) => new('x', minutes * 6);

    public static string Good(int minutes) => new('o', minutes * 6);

    private static IEnumerable<HealthBucket> Buckets(string drawing) => drawing.Select((c, index) =>
        new HealthBucket(Now - TimeSpan.FromSeconds((10 * (drawing.Length - index)) - 5), c == '.' ? 0 : 2, c == 'x' ? 2 : c == 'h' ? 1 : 0, 0));
}
