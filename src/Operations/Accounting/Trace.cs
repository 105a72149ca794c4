namespace Courier.Operations.Accounting;

/// <summary>Something that a request has left behind.</summary>
/// <param name="Id">The request's.</param>
/// <param name="At">When it was written, by the storage's clock; null where that is not known.</param>
public sealed record Trace(string Id, TraceKind Kind, DateTimeOffset? At = null);
