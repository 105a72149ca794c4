using System.Net;

namespace Courier.Tests.Resilience;

/// <summary>What happens to attempts, for a script of <see cref="ScriptedClient"/>.</summary>
internal static class Networks
{
    public static Network Answer(int status, string? retryAfter = null, string body = "") => async (request, cancellationToken) =>
    {
        await ReadAsync(request, cancellationToken);
        HttpResponseMessage answer = new((HttpStatusCode)status) { Content = new StringContent(body) };
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    };

    /// <summary>No connection: nothing of the request is ever read.</summary>
    public static Network Refuse() => (_, _) =>
        Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"));

    /// <summary>The connection breaks after the request has been sent.</summary>
    public static Network Reset() => async (request, cancellationToken) =>
    {
        await ReadAsync(request, cancellationToken);
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "Connection reset");
    };

    /// <summary>The request is read and never answered.</summary>
    public static Network Silence() => async (request, cancellationToken) =>
    {
        await ReadAsync(request, cancellationToken);
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException();
    };

    /// <summary>The connection is never opened: nothing of the request is ever read.</summary>
    public static Network NeverConnect() => async (_, cancellationToken) =>
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException();
    };

    /// <summary>The head of an answer comes, and then only the beginning of its body.</summary>
    public static Network BreakOff(int status = 200) => async (request, cancellationToken) =>
    {
        await ReadAsync(request, cancellationToken);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(new BrokenStream("{\"half\":"u8.ToArray())) };
    };

    /// <summary>Takes time on the clock before something else happens.</summary>
    public static Network After(TimeProvider time, TimeSpan delay, Network then) => async (request, cancellationToken) =>
    {
        await Task.Delay(delay, time, cancellationToken);
        return await then(request, cancellationToken);
    };

    public static Network Throw(Exception failure) => (_, _) => Task.FromException<HttpResponseMessage>(failure);

    private static Task ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content?.CopyToAsync(Stream.Null, cancellationToken) ?? Task.CompletedTask;

    private sealed class BrokenStream(byte[] beginning) : MemoryStream(beginning)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Position < Length
            ? base.ReadAsync(buffer, cancellationToken)
            : ValueTask.FromException<int>(new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
    }
}
