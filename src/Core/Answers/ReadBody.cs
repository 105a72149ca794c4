namespace Courier.Answers;

/// <summary>The body of an answer, as far as it came, its content codings undone.</summary>
/// <param name="IsCut">It is longer than was allowed; no more than <see cref="BodyReader.Evidence"/> of it is left.</param>
/// <param name="Incomplete">The sentence that says why it is not whole; null when it is.</param>
/// <param name="IsEncoded">It came in a coding that is unknown here, and still is.</param>
internal readonly record struct ReadBody(ReadOnlyMemory<byte> Bytes, bool IsCut, string? Incomplete, bool IsEncoded);
