namespace Courier.Operations.Overview;

/// <summary>A process that has lately told what it saw.</summary>
/// <param name="LastSeen">When it last had something to tell; null where the storage does not say.</param>
public sealed record SeenInstance(string Name, DateTimeOffset? LastSeen);
