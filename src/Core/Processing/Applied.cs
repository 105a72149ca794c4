using Courier.Messages;
using Courier.Routing;
using Courier.Storage;

namespace Courier.Processing;

/// <summary>What was written in the end.</summary>
/// <param name="Disposition">Another than was decided, where that could not be written.</param>
/// <param name="Record">Of a dead letter: the request's own, or its next page's.</param>
/// <param name="Failure">Why, if the storage refused it.</param>
public readonly record struct Applied(Disposition Disposition, DeadLetterRecord? Record, StorageFailureException? Failure);
