using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>
/// One cheap GET of <c>Api:ProbePath</c>, to find out whether the API and the key work.
/// It waits for nothing and is charged to the quota.
/// </summary>
public sealed class ApiProbe(ApiClient api, QuotaLedger ledger, IOptions<ApiOptions> options)
{
    private readonly ApiRequest _request = new()
    {
        Id = "probe",
        Method = "GET",
        Path = options.Value.ProbePath,
        Target = RequestGuard.Resolve(options.Value.BaseUrl!, options.Value.ProbePath) is RequestTarget.Allowed allowed
            ? allowed.Uri
            : throw new InvalidOperationException("Api:ProbePath was not validated."),
    };

    public async Task<Call> CallAsync(CancellationToken cancellationToken)
    {
        Call call = await api.CallAsync(_request, cancellationToken);
        ledger.Charge(call.Attempts);
        return call;
    }
}
