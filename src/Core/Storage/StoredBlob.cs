namespace Courier.Storage;

/// <summary>A blob's content as it was when read.</summary>
/// <param name="ETag">Names this version; changes with each write.</param>
public sealed record StoredBlob(ReadOnlyMemory<byte> Content, string ContentType, string ETag);
