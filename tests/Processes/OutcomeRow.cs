using Courier.ApiSimulator;

namespace Courier.Processes;

/// <summary>A row of the outcome table: a request, what the API does to it, and where it ends.</summary>
/// <param name="Name">The row, in the table's words; as an id with a suffix for the encoding.</param>
/// <param name="Fields">The message's fields but its id; <c>{row}</c> stands for the id.</param>
/// <param name="Ends"><c>result</c>, <c>nothing</c>, or the reason of a dead letter.</param>
/// <param name="Calls">How often the API is called for it.</param>
public sealed record OutcomeRow(string Name, string Fields, string Ends, int Calls)
{
    /// <summary>Applies to this row's path alone.</summary>
    public Fault? Fault { get; init; }

    /// <summary>An operator cancels it while it waits.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The attempts that the result or record tells, beside the one that ended it.</summary>
    public string[] Before { get; init; } = [];

    /// <summary>A part of the record's cause.</summary>
    public string Says { get; init; } = "";

    /// <summary>Further ids that the request becomes, and where they end.</summary>
    public (string Suffix, string Ends)[] Pages { get; init; } = [];

    public string Message(string id) => $$"""{"id":"{{id}}",{{Fields.Replace("{row}", id, StringComparison.Ordinal)}}}""";

    public Fault? FaultFor(string id) => Fault is null ? null : Fault with { Match = $"*row={id}" };
}
