namespace Courier.Processing;

/// <summary>What a batch notes of a request.</summary>
public enum BatchState
{
    /// <summary>Put back for later at least once.</summary>
    Waiting,

    Dead,

    Done,
}
