using Courier.Writing;

namespace Courier.Operations;

/// <summary>Who acts, as that person's machine says, and why.</summary>
public sealed record Operator
{
    private const int LongestName = 128;
    private const int LongestWhy = 1000;

    public Operator(string name, string? why) =>
        (Name, Why) = (BoundedText.Of(name, LongestName), string.IsNullOrWhiteSpace(why) ? null : BoundedText.Of(why, LongestWhy));

    public string Name { get; }

    /// <summary>Null where no reason was given.</summary>
    public string? Why { get; }
}
