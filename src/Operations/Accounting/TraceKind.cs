namespace Courier.Operations.Accounting;

/// <summary>What a trace says of its request.</summary>
public enum TraceKind
{
    /// <summary>Courier knew it once: it was put back, sent back, or stored because of its size. Where it is now this does not say.</summary>
    Known,

    /// <summary>Seen on the request or the poison queue.</summary>
    Waiting,

    /// <summary>A record of a dead letter stands for it, or its batch counts it as dead.</summary>
    Dead,

    /// <summary>It has come to its end: a dead letter where there is a record, done otherwise.</summary>
    Settled,

    /// <summary>A result, its body, a batch that counts it, or whoever took the result says so.</summary>
    Done,
}
