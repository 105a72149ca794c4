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

    public async ValueTask<Call> CallAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset began = time.GetUtcNow();
        long start = time.GetTimestamp();
        using HttpRequestMessage message = Message(request);
        AttemptCount attempts = new();
        message.Options.Set(AttemptCount.Key, attempts);
        CallResult result = await SendAsync(message, cancellationToken);
        return new Call(result, began, time.GetElapsedTime(start), attempts.Value);
    }

    private async ValueTask<CallResult> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Classify(response);
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
        else if (request.Method is "POST" or "PUT" or "PATCH" || !request.MayRepeat) // without content the connection pool may repeat it by itself
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

    private CallResult Classify(HttpResponseMessage response)
    {
        ApiResponse answer = Read(response);
        return answer.Status switch
        {
            >= 200 and <= 299 => new CallResult.Succeeded(answer),
            401 => new CallResult.Unauthorized(answer),
            429 => new CallResult.RateLimited(answer, RetryAfter.Read(response, time.GetUtcNow())),
            _ when ApiResilience.IsServerError(response.StatusCode) => new CallResult.ServerError(answer, RetryAfter.Read(response, time.GetUtcNow())),
            _ => new CallResult.Rejected(answer),
        };
    }

    private static ApiResponse Read(HttpResponseMessage response) => response.Content is ResponseContent content
        ? new ApiResponse((int)response.StatusCode, ResponseHeaders.Keep(response, content), content.Body, content.IsCut)
        : throw new InvalidOperationException($"{nameof(ApiHandler)} must be the client's primary handler.");
}
