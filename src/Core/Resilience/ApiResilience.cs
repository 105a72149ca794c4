using System.Diagnostics.Metrics;
using System.Net;
using Courier.Answers;
using Courier.Measures;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Courier.Resilience;

/// <summary>
/// The one configuration of the standard resilience handler's strategies, on Polly's own option types: what runs in production is what
/// every host, test and benchmark runs.
/// </summary>
/// <param name="jitter">Chance, in [0, 1).</param>
/// <param name="budget">Null: whatever may be repeated is.</param>
public sealed class ApiResilience(IOptions<ResilienceOptions> options, TimeProvider time, Func<double> jitter, IRetryBudget? budget = null) : IDisposable
{
    private readonly Meter _meter = new(Instruments.Name);

    /// <summary>A pause in the process is never longer: the queue waits better than a worker that is paid by the second.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Set on a request: whether it may be repeated when its outcome is unknown.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Repeatable = new("courier.mayRepeat");

    /// <param name="request">Finds the request that a strategy is executing.</param>
    public void Configure(
        RetryStrategyOptions<HttpResponseMessage> retry,
        CircuitBreakerStrategyOptions<HttpResponseMessage> breaker,
        TimeoutStrategyOptions attemptTimeout,
        TimeoutStrategyOptions totalTimeout,
        Func<ResilienceContext, HttpRequestMessage?> request)
    {
        ResilienceOptions settings = options.Value;
        // A retry into a circuit that this very failure has opened would only cover the answer up with "circuit open".
        CircuitBreakerStateProvider circuit = new();
        attemptTimeout.Timeout = settings.AttemptTimeout;
        totalTimeout.Timeout = settings.TotalTimeout;

        retry.MaxRetryAttempts = Math.Max(1, settings.Retries);
        retry.Delay = settings.BaseDelay;
        retry.MaxDelay = LongestPause;
        retry.BackoffType = DelayBackoffType.Exponential;
        retry.UseJitter = true;
        retry.Randomizer = jitter;
        retry.ShouldHandle = args =>
            args.AttemptNumber < settings.Retries && circuit.CircuitState == CircuitState.Closed && ShouldRetry(args.Outcome, request(args.Context), args.AttemptNumber)
                ? budget?.TryTakeAsync(LongestPause) ?? ValueTask.FromResult(true)
                : ValueTask.FromResult(false);
        retry.DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? AskedPause(answer) : null);

        _meter.CreateObservableGauge("courier.circuit.open", () => circuit.CircuitState is CircuitState.Closed or CircuitState.HalfOpen ? 0 : 1, "1", "1 while this instance's circuit refuses calls.");
        breaker.StateProvider = circuit;
        breaker.FailureRatio = settings.BreakerFailureRatio;
        breaker.MinimumThroughput = settings.BreakerMinimumThroughput;
        breaker.SamplingDuration = Later(settings.BreakerSamplingDuration, 2 * settings.AttemptTimeout); // the standard handler demands it
        breaker.BreakDuration = settings.BreakDuration;
        breaker.ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome));
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>408, 425 and 5xx. Not 429: that is the queue's to wait for, and no sign of an outage.</summary>
    public static bool IsServerError(HttpStatusCode status) => (int)status is 408 or 425 or (>= 500 and <= 599);

    /// <summary>A status that has come is the answer, whatever became of its body; only that of a 2xx is worth another attempt.</summary>
    private static bool IsFailed(HttpResponseMessage answer) =>
        IsServerError(answer.StatusCode) || (answer.IsSuccessStatusCode && answer.Content is ResponseContent { Body.Incomplete: not null });

    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) => outcome.Exception switch
    {
        null => outcome.Result is { } answer && IsFailed(answer),
        OperationCanceledException or BrokenCircuitException => false,
        _ => true,
    };

    private bool ShouldRetry(Outcome<HttpResponseMessage> outcome, HttpRequestMessage? request, int attempt)
    {
        if (!IsFailure(outcome))
            return false;
        TimeSpan? asked = outcome.Result is { } answer ? AskedPause(answer) : null;
        if (asked > LongestPause || Elapsed(request) + (asked ?? LongestBackoff(attempt)) >= options.Value.TotalTimeout)
            return false; // a pause that would be cut short is the queue's, which has the time
        return MayRepeat(request) || (outcome.Exception is { } failure && SendFailure.Fate(request, failure) == RequestFate.NotSent);
    }

    private TimeSpan Elapsed(HttpRequestMessage? request) =>
        request is not null && request.Options.TryGetValue(AttemptLog.Key, out AttemptLog? log) ? time.GetElapsedTime(log.Started) : TimeSpan.Zero;

    /// <summary>With all the jitter that Polly can add.</summary>
    private TimeSpan LongestBackoff(int attempt)
    {
        TimeSpan backoff = options.Value.BaseDelay * (1.5 * Math.Pow(2, attempt));
        return backoff < LongestPause ? backoff : LongestPause;
    }

    private static bool MayRepeat(HttpRequestMessage? request) =>
        request is not null && request.Options.TryGetValue(Repeatable, out bool mayRepeat) && mayRepeat;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>Null also for "at once", of which the backoff knows better.</summary>
    private TimeSpan? AskedPause(HttpResponseMessage answer) =>
        RetryAfter.Read(answer, time.GetUtcNow()) is { } asked && asked > TimeSpan.Zero ? asked + RetryAfter.Margin : null;
}
