using System.Text.Json;

namespace Courier.Messages;

/// <summary>The result message of a request that succeeded.</summary>
public sealed record CompletedCall
{
    public required string Id { get; init; }

    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>JSON as it came, or text as a string. Absent when the answer had no body or <see cref="BodyRef"/> says where it is.</summary>
    public JsonElement? Body { get; init; }

    /// <summary><c>container/blob</c> of a body that is too long for a message, or neither JSON nor text.</summary>
    public string? BodyRef { get; init; }

    /// <summary>Why a body that calls itself JSON is delivered as text, or as it came; absent otherwise.</summary>
    public string? BodyNote { get; init; }

    /// <summary>True when the API said so (304) to a conditional request; absent otherwise.</summary>
    public bool? Unchanged { get; init; }

    /// <summary>Only of a page of a list.</summary>
    public ListPage? Page { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary><c>container/blob</c> of metadata that is too long for a message.</summary>
    public string? MetadataRef { get; init; }

    public required IReadOnlyList<CallRecord> Attempts { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }
}
