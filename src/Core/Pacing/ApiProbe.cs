using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>
/// One cheap GET of <c>Api:ProbePath</c> (the base address itself where none is set), to find out whether the API and the key work.
/// It waits for nothing and is charged to the quota.
/// </summary>
public sealed class ApiProbe(ApiClient api, QuotaLedger ledger, IOptions<ApiOptions> options)
{
    private readonly ApiRequest _request = new()
    {
        Id = "probe",
        Method = "GET",
        Path = Path(options.Value),
        Target = RequestGuard.Resolve(options.Value.BaseUrl!, Path(options.Value)) is RequestTarget.Allowed allowed
            ? allowed.Uri
            : throw new InvalidOperationException("Api:ProbePath was not validated."),
    };

    public async Task<Call> CallAsync(CancellationToken cancellationToken)
    {
        Call call = await api.CallAsync(_request, cancellationToken);
        ledger.Charge(call.Attempts);
        return call;
    }

    private static string Path(ApiOptions options) => string.IsNullOrWhiteSpace(options.ProbePath) ? "/" : options.ProbePath;
}
