using System.Net;

namespace Courier.Contracts;

/// <summary>A network double: answers each request as told, and fails on one that nobody planned.</summary>
public sealed class StubApi(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly List<SentRequest> _sent = [];

    public StubApi(params HttpStatusCode[] answers)
        : this(Script(answers))
    {
    }

    /// <summary>Every attempt, in order, as it was when sent.</summary>
    public IReadOnlyList<SentRequest> Sent
    {
        get
        {
            lock (_sent)
                return [.. _sent];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (_sent)
            _sent.Add(new SentRequest(request.Method.Method, request.RequestUri!, request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)), body));
        return await answer(request, cancellationToken);
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Script(HttpStatusCode[] answers)
    {
        int next = 0;
        return (request, _) => Interlocked.Increment(ref next) is var count && count <= answers.Length
            ? Task.FromResult(new HttpResponseMessage(answers[count - 1]) { Content = new StringContent("") })
            : throw new InvalidOperationException($"Unplanned call number {count}: {request.Method} {request.RequestUri}");
    }
}
