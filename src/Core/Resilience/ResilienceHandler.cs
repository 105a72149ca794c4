using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Courier.Resilience;

/// <summary>Carries <see cref="ApiResilience"/> where the standard resilience handler is not to be had: the same strategies in the same order, on Polly alone.</summary>
public sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> s_request = new("courier.request");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public ResilienceHandler(ApiResilience resilience, TimeProvider time)
    {
        RetryStrategyOptions<HttpResponseMessage> retry = new();
        CircuitBreakerStrategyOptions<HttpResponseMessage> breaker = new();
        TimeoutStrategyOptions attemptTimeout = new();
        TimeoutStrategyOptions totalTimeout = new();
        resilience.Configure(retry, breaker, attemptTimeout, totalTimeout, context => context.Properties.GetValue(s_request, null!));
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(totalTimeout).AddRetry(retry).AddCircuitBreaker(breaker).AddTimeout(attemptTimeout).Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_request, request);
        try
        {
            return await _pipeline.ExecuteAsync(
                static (context, state) => new ValueTask<HttpResponseMessage>(state.SendInnerAsync(context)), context, this);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> SendInnerAsync(ResilienceContext context) =>
        base.SendAsync(context.Properties.GetValue(s_request, null!), context.CancellationToken);
}
