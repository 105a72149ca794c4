namespace Courier.Storage;

/// <summary>A message as received from a queue.</summary>
/// <param name="Id">Given by the queue; the same at each delivery.</param>
/// <param name="DequeueCount">How often it has been received, this time included.</param>
/// <param name="Receipt">Proof of the lease; empty where the host deletes the message itself.</param>
public sealed record QueuedMessage(string Id, ReadOnlyMemory<byte> Body, DateTimeOffset InsertedOn, long DequeueCount, string Receipt = "");
