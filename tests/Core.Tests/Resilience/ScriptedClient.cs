using System.Text.Json;
using Courier.Api;
using Courier.Contracts;
using Courier.Messages;
using Courier.Origin;
using Courier.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Resilience;

/// <summary>The API client with its resilience pipeline on a fake clock; a script plays the network.</summary>
internal sealed class ScriptedClient : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly ApiClient _client;
    private int _unplanned;

    /// <param name="script">What happens to each attempt.</param>
    /// <param name="jitter">What chance says, each time.</param>
    public ScriptedClient(IEnumerable<Network> script, ResilienceOptions? options = null, double jitter = 0.5)
    {
        IOptions<ResilienceOptions> resilience = Options.Create(options ?? new ResilienceOptions());
        IOptions<ApiOptions> api = Options.Create(new ApiOptions { BaseUrl = new Uri("https://api.test"), Key = TestCourier.Key });
        Script = new Queue<Network>(script);
        ServiceCollection services = new();
        services.AddSingleton(resilience).AddSingleton<TimeProvider>(Clock).AddSingleton(() => jitter);
        services.AddHttpClient(ApiClient.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new ApiHandler(api, new StubHandler(PlayAsync)))
            .AddApiResilience();
        _services = services.BuildServiceProvider();
        _client = new ApiClient(_services.GetRequiredService<IHttpClientFactory>().CreateClient(ApiClient.HttpClientName), api, resilience, Clock);
    }

    public FakeClock Clock { get; } = new();

    /// <summary>What still is to happen. More can be added.</summary>
    public Queue<Network> Script { get; }

    /// <summary>When each attempt came, from the clock's start.</summary>
    public List<TimeSpan> Attempts { get; } = [];

    /// <summary>What the caller's token is.</summary>
    public CancellationToken Cancellation { get; set; }

    private DateTimeOffset Start { get; } = new FakeClock().GetUtcNow();

    /// <summary>Makes a call and lets time pass until it has ended. An attempt that nobody planned fails the test.</summary>
    public async Task<Call> CallAsync(string method = "GET", bool? idempotent = null)
    {
        Call call = await Clock.RunAsync(() => BeginAsync(method, idempotent));
        Assert.Equal(0, _unplanned);
        return call;
    }

    /// <summary>Makes a call; time stands still.</summary>
    public Task<Call> BeginAsync(string method = "GET", bool? idempotent = null)
    {
        ApiRequest request = new()
        {
            Id = "r1",
            Method = method,
            Path = "/portfolios",
            Target = new Uri("https://api.test/portfolios"),
            Body = method is "GET" or "DELETE" ? null : JsonElement.Parse("""{"name":"a"}"""),
            Idempotent = idempotent,
        };
        return _client.CallAsync(request, Cancellation).AsTask();
    }

    public void Dispose() => _services.Dispose();

    private Task<HttpResponseMessage> PlayAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Attempts.Add(Clock.GetUtcNow() - Start);
        if (Script.TryDequeue(out Network? next))
            return next(request, cancellationToken);
        _unplanned++; // thrown from here it would only be one more failed attempt
        throw new InvalidOperationException("Unplanned attempt.");
    }

    private sealed class StubHandler(Network network) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => network(request, cancellationToken);
    }
}
