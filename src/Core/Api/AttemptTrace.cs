using System.Diagnostics;
using System.Globalization;
using Courier.Measures;

namespace Courier.Api;

/// <summary>One HTTP request to the API as a client span and in <c>http.client.request.duration</c>. Costs nothing while nobody listens to the spans.</summary>
internal static class AttemptTrace
{
    private const string Method = "http.request.method";
    private const string Status = "http.response.status_code";
    private const string Server = "server.address";
    private const string Port = "server.port";

    /// <param name="before">How many attempts of the same call went before.</param>
    public static Activity? Start(HttpRequestMessage request, int before)
    {
        Activity? span = Instruments.Source.StartActivity(request.Method.Method, ActivityKind.Client);
        if (span is null)
            return null;
        span.SetTag(Method, request.Method.Method);
        span.SetTag(Server, request.RequestUri!.Host);
        span.SetTag(Port, request.RequestUri.Port);
        if (before > 0)
            span.SetTag("http.request.resend_count", before);
        return span;
    }

    public static void Answered(Activity? span, HttpResponseMessage answer)
    {
        if (span is null)
            return;
        int status = (int)answer.StatusCode;
        span.SetTag(Status, status);
        Stop(span, status >= 400 ? status.ToString(CultureInfo.InvariantCulture) : null, status);
    }

    public static void Failed(Activity? span, Exception failure)
    {
        if (span is not null)
            Stop(span, failure is HttpRequestException { HttpRequestError: var error and not HttpRequestError.Unknown } ? error.ToString() : failure.GetType().Name, null);
    }

    private static void Stop(Activity span, string? error, int? status)
    {
        span.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        if (error is not null)
            span.SetTag(Instruments.ErrorType, error);
        span.Stop();
        TagList tags = new() { { Method, span.GetTagItem(Method) }, { Server, span.GetTagItem(Server) }, { Port, span.GetTagItem(Port) } };
        if (status is not null)
            tags.Add(Status, status);
        if (error is not null)
            tags.Add(Instruments.ErrorType, error);
        Instruments.AttemptDuration.Record(span.Duration.TotalSeconds, tags);
    }
}
