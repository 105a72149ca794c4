using System.Globalization;
using System.Net;

namespace Courier.Bench.Drain;

/// <summary>An API with a true rolling quota, on the virtual clock.</summary>
internal sealed class QuotaApi(Scenario scenario, VirtualClock clock, Random random) : HttpMessageHandler
{
    private static readonly byte[] s_body = "{}"u8.ToArray();

    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly Queue<DateTimeOffset> _window = new();
    private readonly List<DateTimeOffset> _calls = [];
    private readonly List<DateTimeOffset> _refusals = [];
    private readonly List<int> _order = [];
    private readonly List<DateTimeOffset> _successes = [];

    /// <summary>Our calls, refused ones included.</summary>
    public IReadOnlyList<DateTimeOffset> Calls => _calls;

    public int Refused => _refusals.Count;

    public IReadOnlyList<DateTimeOffset> Refusals => _refusals;

    /// <summary>When each of <see cref="Order"/> succeeded.</summary>
    public IReadOnlyList<DateTimeOffset> Successes => _successes;

    /// <summary>The most calls, everybody's, that any rolling window held.</summary>
    public int FullestWindow { get; private set; }

    /// <summary>The numbers of the requests in the order in which they succeeded.</summary>
    public IReadOnlyList<int> Order => _order;

    public async Task UseByOthersAsync(CancellationToken cancellationToken)
    {
        TimeSpan interval = scenario.Window / (scenario.Limit * scenario.Foreign);
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(interval, clock, CancellationToken.None);
            Accept();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20 + random.Next(60)), clock, cancellationToken);
        HttpResponseMessage response = Answer(request);
        await Task.Delay(TimeSpan.FromMilliseconds(20 + random.Next(60)), clock, cancellationToken);
        return response;
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        DateTimeOffset now = clock.GetUtcNow();
        _calls.Add(now);
        if (request.RequestUri!.AbsolutePath.StartsWith("/limited/", StringComparison.Ordinal))
            return Refusal(TimeSpan.FromMinutes(1));
        if (!Accept())
        {
            _refusals.Add(now);
            return Refusal(_window.Peek() + scenario.Window - now);
        }

        if (scenario.Outage is { } outage && now - _start >= outage.From && now - _start < outage.To)
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new ByteArrayContent(s_body) };
        if (int.TryParse(request.RequestUri.Segments[^1], out int number))
        {
            _order.Add(number);
            _successes.Add(now);
        }

        HttpResponseMessage answer = new(HttpStatusCode.OK) { Content = new ByteArrayContent(s_body) };
        if (scenario.Headers)
            answer.Headers.TryAddWithoutValidation("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"hour\";r={scenario.Limit - _window.Count}"));
        return answer;
    }

    private static HttpResponseMessage Refusal(TimeSpan wait)
    {
        HttpResponseMessage refused = new(HttpStatusCode.TooManyRequests) { Content = new ByteArrayContent(s_body) };
        refused.Headers.TryAddWithoutValidation("Retry-After", Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        return refused;
    }

    private bool Accept()
    {
        DateTimeOffset now = clock.GetUtcNow();
        while (_window.TryPeek(out DateTimeOffset oldest) && oldest + scenario.Window <= now)
            _window.Dequeue();
        if (_window.Count >= scenario.Limit)
            return false;
        _window.Enqueue(now);
        FullestWindow = Math.Max(FullestWindow, _window.Count);
        return true;
    }
}
