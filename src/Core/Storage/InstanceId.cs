namespace Courier.Storage;

/// <summary>One process among those that share the storage. Each start makes a new one: nobody is mistaken for who ran before.</summary>
/// <param name="Text">32 hexadecimal digits.</param>
public sealed record InstanceId(string Text)
{
    /// <summary>Where room is short: enough to tell those apart that run at a time.</summary>
    public string Brief => Text[^8..];

    /// <summary>By real chance: instances that are given the same clock and the same chance must differ too.</summary>
    public static InstanceId Create() => new(Guid.NewGuid().ToString("N"));
}
