using System.Text.Json;

namespace Courier.Messages;

/// <summary>One API call as somebody asked for it: the request message of docs/requests.md, checked.</summary>
public sealed record ApiRequest
{
    /// <summary>The one identity of the request through every retry.</summary>
    public required string Id { get; init; }

    /// <summary>GET, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>As received; where it leads is <see cref="Target"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Below the API's base address: <see cref="Origin.RequestGuard"/> has seen to that.</summary>
    public required Uri Target { get; init; }

    public JsonElement? Query { get; init; }

    /// <summary>Only names that <c>Api:AllowedHeaders</c> lists.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public JsonElement? Body { get; init; }

    public bool? Idempotent { get; init; }

    public bool Paginate { get; init; }

    /// <summary>Past it the request is not called any more.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Before it the request is not called: it waits on the queue.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The sender's name for what belongs together: how many of them are done, dead and waiting is counted.</summary>
    public string? Batch { get; init; }

    /// <summary>The sender's span, of which the request's deliveries are children; W3C Trace Context.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Goes ahead of a backlog, on the share of the quota that is kept free for it.</summary>
    public bool IsHighPriority { get; init; }

    /// <summary>False: nobody wants a result message.</summary>
    public bool Reply { get; init; } = true;

    /// <summary>The sender's own; echoed in the result and the dead letter.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>May the call be repeated when its outcome is unknown?</summary>
    public bool MayRepeat => Idempotent ?? Method is "GET" or "PUT" or "DELETE";
}
