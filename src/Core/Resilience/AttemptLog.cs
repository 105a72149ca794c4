using Courier.Answers;

namespace Courier.Resilience;

/// <summary>What the attempts of one call came to, noted where they are made. The last real answer is kept: it outlives an attempt after it that gets none.</summary>
/// <param name="started">A timestamp of the clock, when the call began.</param>
internal sealed class AttemptLog(long started)
{
    public static readonly HttpRequestOptionsKey<AttemptLog> Key = new("courier.attempts");

    private List<Attempt>? _attempts;
    private Attempt _first;

    public long Started => started;

    public int Count { get; private set; }

    /// <summary>Disposed of, perhaps; its head and the bytes of its body can still be read.</summary>
    public HttpResponseMessage? LastAnswer { get; private set; }

    public IReadOnlyList<Attempt> Attempts => _attempts ?? (IReadOnlyList<Attempt>)(Count == 0 ? [] : [_first]);

    public void Add(HttpResponseMessage answer)
    {
        LastAnswer = answer;
        Add(new Attempt((int)answer.StatusCode, (answer.Content as ResponseContent)?.Body.Incomplete, RequestFate.Unknown));
    }

    public void Add(HttpRequestMessage request, Exception failure) =>
        Add(new Attempt(null, SendFailure.Describe(failure), SendFailure.Fate(request, failure)));

    private void Add(Attempt attempt)
    {
        if (++Count == 1)
            _first = attempt;
        else
            (_attempts ??= [_first]).Add(attempt);
    }
}
