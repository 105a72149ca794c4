using System.Net;

namespace Courier.Contracts;

/// <summary>The API as instances share it: notes each attempt, and answers it by its path, or lets another double answer.</summary>
/// <param name="other">Answers instead of <see cref="Answer"/>.</param>
public sealed class ScriptedApi(TimeProvider time, HttpMessageHandler? other) : HttpMessageHandler
{
    /// <summary>No answer until the attempt times out.</summary>
    public const int Hangs = 0;

    /// <summary>The connection is refused.</summary>
    public const int Refuses = -1;

    private readonly HttpMessageInvoker? _other = other is null ? null : new HttpMessageInvoker(other, disposeHandler: false);
    private readonly List<(string Path, DateTimeOffset At)> _calls = [];

    /// <summary>The answer to a path: a status, <see cref="Hangs"/> or <see cref="Refuses"/>. Not asked where another double answers.</summary>
    public Func<string, int> Answer { get; set; } = static _ => 200;

    /// <summary>What a 429 says.</summary>
    public string RetryAfter { get; set; } = "60";

    /// <summary>Every HTTP attempt, in order.</summary>
    public IReadOnlyList<(string Path, DateTimeOffset At)> Calls => _calls;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        int count;
        lock (_calls)
        {
            _calls.Add((path, time.GetUtcNow()));
            count = _calls.Count;
        }

        return _other is null ? await PlayAsync(Answer(path), count, cancellationToken) : await _other.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _other?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> PlayAsync(int answer, int count, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case Hangs:
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                throw new InvalidOperationException("It hangs for ever.");
            case Refuses:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        }

        HttpResponseMessage response = new((HttpStatusCode)answer) { Content = new StringContent("{}", null, "application/json") };
        response.Headers.TryAddWithoutValidation("x-request-id", $"x{count}");
        if (answer == 429)
            response.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
        return response;
    }
}
