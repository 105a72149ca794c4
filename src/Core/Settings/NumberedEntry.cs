namespace Courier.Settings;

/// <summary>An entry of a list in the settings that knows its number there: the numbering may have gaps, and rules must name the right key.</summary>
public abstract class NumberedEntry
{
    public int Number { get; internal set; }
}
