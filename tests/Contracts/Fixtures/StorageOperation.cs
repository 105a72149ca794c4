namespace Courier.Contracts;

/// <summary>What is asked of the storage.</summary>
/// <param name="Verb"><c>send</c>, <c>receive</c>, <c>renew</c>, <c>delete</c>, <c>count</c>, <c>write</c>, <c>replace</c>, <c>read</c>, <c>list</c>, <c>remove</c> or <c>ensure</c>.</param>
/// <param name="Place">The queue's or container's name.</param>
/// <param name="Blob">Null of a queue.</param>
public sealed record StorageOperation(string Verb, string Place, string? Blob = null)
{
    public override string ToString() => $"{Verb} {Place}";
}
