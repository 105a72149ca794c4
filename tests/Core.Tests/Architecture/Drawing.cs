using Courier.Contracts;

namespace Courier.Tests.Architecture;

/// <summary>The two drawings of docs/architecture.md: the tests know no arrow that a reader does not see there.</summary>
internal static class Drawing
{
    private const string Nobody = "nobody";

    private static readonly char[] s_gaps = [' ', ','];

    /// <summary>The projects under <c>src</c>, each with those that it knows, in order.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } =
        Lines("```text projects").Select(line => line.Split("->")).ToDictionary(sides => sides[0].Trim(), sides => Names(sides[1]));

    /// <summary>The rooms of Core, floor by floor, the highest first.</summary>
    public static IReadOnlyList<string[]> Floors { get; } = [.. Lines("```text rooms").Select(Names)];

    /// <summary>The rooms that a room may know: those on lower floors.</summary>
    public static IReadOnlyList<string> Below(string room) => [.. Floors.SkipWhile(floor => !floor.Contains(room)).Skip(1).SelectMany(floor => floor)];

    private static string[] Names(string text) => [.. text.Split(s_gaps, StringSplitOptions.RemoveEmptyEntries).Where(name => name != Nobody).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(string fence) =>
        File.ReadLines(Repository.PathOf("docs", "architecture.md")).SkipWhile(line => line != fence).Skip(1).TakeWhile(line => line != "```");
}
