namespace Courier.Health;

/// <summary>One failed call or dead letter, as an example to look at.</summary>
public sealed record CallSample
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public int? Status { get; init; }

    /// <summary>The kind of result: <c>server-error</c>, <c>unreachable</c> …</summary>
    public required string Outcome { get; init; }

    /// <summary>The API's own <c>x-request-id</c>, which its support asks for.</summary>
    public string? RequestIdHeader { get; init; }

    /// <summary>Of a dead letter: why it was given up.</summary>
    public string? Reason { get; init; }

    internal CallSample Fit(Func<string, int, string> text) => this with
    {
        Id = text(Id, 128),
        Method = text(Method, 16),
        Path = text(Path, 300),
        Outcome = text(Outcome, 40),
        RequestIdHeader = RequestIdHeader is null ? null : text(RequestIdHeader, 128),
        Reason = Reason is null ? null : text(Reason, 60),
    };
}
