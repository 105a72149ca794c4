namespace Courier.Storage;

/// <summary>A blob's content as it was when read.</summary>
/// <param name="ETag">Names this version; changes with each write.</param>
/// <param name="ServedAt">The storage's own clock when it answered, in whole seconds; null where it has none.</param>
public sealed record StoredBlob(ReadOnlyMemory<byte> Content, string ContentType, string ETag, DateTimeOffset? ServedAt = null);
