namespace Courier.ApiSimulator;

/// <summary>One call to the API as the simulator saw it arrive. Never holds the Authorization header or a body.</summary>
public sealed record LoggedRequest
{
    /// <summary>Counts up from 1; survives the clearing of the log.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query as sent.</summary>
    public required string Path { get; init; }

    /// <summary>Null until answered, and for good when the connection was dropped or the client left.</summary>
    public int? Status { get; init; }

    /// <summary>The request's Idempotency-Key.</summary>
    public string? Id { get; init; }

    /// <summary>The quota refused it.</summary>
    public bool Refused { get; init; }

    /// <summary><see cref="Fault.Match"/> of the fault that applied.</summary>
    public string? Fault { get; init; }
}
