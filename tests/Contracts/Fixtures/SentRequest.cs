namespace Courier.Contracts;

/// <summary>An attempt as it went out.</summary>
public sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string? Body);
