using System.Diagnostics;
using Courier.Answers;
using Courier.Origin;
using Courier.Resilience;
using Microsoft.Extensions.Options;

namespace Courier.Api;

/// <summary>
/// The innermost handler, inside the resilience pipeline: the only place that adds the key, and only for the API's own origin.
/// It reads the body whole, within the attempt's time. Once a status has come, this throws for nothing more: the body is kept as far as it came.
/// </summary>
public sealed class ApiHandler(IOptions<ApiOptions> options, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly string _credential = options.Value.Credential;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ApiOptions api = options.Value;
        if (request.RequestUri is not { } target || !RequestGuard.IsBelow(api.BaseUrl!, target))
            throw new InvalidOperationException("A call was about to leave the API's base address; the key stays here.");

        request.Options.TryGetValue(AttemptLog.Key, out AttemptLog? log);
        request.Headers.Remove(api.KeyHeader);
        request.Headers.TryAddWithoutValidation(api.KeyHeader, _credential);
        using Activity? span = AttemptTrace.Start(request, log?.Count ?? 0);
        try
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            using HttpContent source = answer.Content;
            answer.Content = new ResponseContent(await new BodyReader(source, api.MaxResponseBytes).ReadAsync(cancellationToken), source.Headers);
            log?.Add(answer);
            AttemptTrace.Answered(span, answer);
            return answer;
        }
        catch (Exception failure)
        {
            log?.Add(request, failure);
            AttemptTrace.Failed(span, failure);
            throw;
        }
        finally
        {
            request.Headers.Remove(api.KeyHeader);
        }
    }
}
