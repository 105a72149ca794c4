using Courier.Answers;
using Courier.Messages;
using Courier.Origin;
using Courier.Resilience;
using Courier.Writing;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace Courier.Api;

/// <summary>Makes the call, through whatever resilience pipeline the client carries. Throws for nothing but cancellation.</summary>
public sealed class ApiClient(HttpClient http, IOptions<ApiOptions> options, IOptions<ResilienceOptions> resilience, TimeProvider time)
{
    /// <summary>The name of the client in IHttpClientFactory.</summary>
    public const string HttpClientName = "courier-api";

    private readonly KeyRedaction _redaction = new(options);

    public async ValueTask<Call> CallAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset began = time.GetUtcNow();
        long start = time.GetTimestamp();
        using HttpRequestMessage message = Message(request);
        AttemptLog log = new(start);
        message.Options.Set(AttemptLog.Key, log);
        CallResult result = await SendAsync(message, log, cancellationToken);
        return new Call(result, began, time.GetElapsedTime(start), log.Count) { RequestId = request.Id, Tries = Tries(log) };
    }

    /// <summary>The last real answer counts, also when a later attempt got none, or none was made for an open circuit.</summary>
    private async ValueTask<CallResult> SendAsync(HttpRequestMessage message, AttemptLog log, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Classify(message, response);
        }
        catch (Exception) when (log.LastAnswer is not null && !cancellationToken.IsCancellationRequested)
        {
            return Classify(message, log.LastAnswer);
        }
        catch (BrokenCircuitException e)
        {
            return new CallResult.CircuitOpen(e.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : resilience.Value.BreakDuration);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallResult.Unreachable(SendFailure.Describe(e), SendFailure.Fate(message, e));
        }
    }

    private HttpRequestMessage Message(ApiRequest request)
    {
        HttpRequestMessage message = new(HttpMethod.Parse(request.Method), request.Target);
        message.Options.Set(ApiResilience.Repeatable, request.MayRepeat);
        if (request.Body is { } body)
            message.Content = new RequestContent(Json.Write(body, static (json, value) => value.WriteTo(json)), isJson: true);
        else if (request.Method != "GET" || !request.MayRepeat) // without content the connection pool may repeat it by itself
            message.Content = new RequestContent(ReadOnlyMemory<byte>.Empty, isJson: false);
        foreach ((string name, string value) in options.Value.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        foreach ((string name, string value) in request.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private CallResult Classify(HttpRequestMessage request, HttpResponseMessage response)
    {
        ApiResponse answer = Read(response);
        return answer.Status switch
        {
            >= 200 and <= 299 when answer.Incomplete is not null => new CallResult.Unreadable(answer),
            304 when IsConditional(request) => new CallResult.Succeeded(answer),
            >= 200 and <= 299 => new CallResult.Succeeded(answer),
            401 => new CallResult.Unauthorized(answer),
            429 => new CallResult.RateLimited(answer, RetryAfter.Read(response, time.GetUtcNow())),
            _ when ApiResilience.IsServerError(response.StatusCode) => new CallResult.ServerError(answer, RetryAfter.Read(response, time.GetUtcNow())),
            _ => new CallResult.Rejected(answer),
        };
    }

    private static bool IsConditional(HttpRequestMessage request) =>
        request.Headers.NonValidated.Contains("If-None-Match") || request.Headers.NonValidated.Contains("If-Modified-Since");

    /// <summary>Null where the call's own result says it all.</summary>
    private static IReadOnlyList<CallTry>? Tries(AttemptLog log) => log is { Count: 0 } or { Count: 1, LastAnswer.Content: ResponseContent { Body.Incomplete: null } }
        ? null
        : [.. log.Attempts.Select(attempt => new CallTry(attempt.Status, attempt.Failure, attempt is { Status: null, Fate: RequestFate.NotSent } ? false : null))];

    private ApiResponse Read(HttpResponseMessage response) => response.Content is ResponseContent { Body: var body } content
        ? new ApiResponse((int)response.StatusCode, ResponseHeaders.Keep(response, content, _redaction), body.Bytes, body.IsCut) { Incomplete = body.Incomplete, IsEncoded = body.IsEncoded }
        : throw new InvalidOperationException($"{nameof(ApiHandler)} must be the client's primary handler.");
}
