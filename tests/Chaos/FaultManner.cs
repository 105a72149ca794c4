namespace Courier.Chaos;

/// <summary>How a request to the storage goes wrong.</summary>
internal enum FaultManner
{
    /// <summary>503 ServerBusy; nothing is done.</summary>
    Refused,

    /// <summary>Done, seconds later.</summary>
    Slow,

    /// <summary>Done, and the connection is cut instead of an answer.</summary>
    Unanswered,

    /// <summary>The connection is cut before anything is done.</summary>
    Lost,

    /// <summary>A blob's lease is somebody else's: 409 or 412, of the kind that a person must end. Where there are no leases, like <see cref="Refused"/>.</summary>
    Leased,
}
