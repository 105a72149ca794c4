using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Quota;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

/// <summary>
/// One cheap GET of <c>Api:ProbePath</c>, to find out whether the API and the key work.
/// It waits for nothing, and is charged to the quota before it is made.
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

    /// <summary>The same for a probe that may as well be made later: null when the quota has no room for it now.</summary>
    public async Task<Call?> TryCallAsync(CancellationToken cancellationToken) =>
        await ledger.TakeAsync(new Wish.AtOnce(TimeSpan.Zero), cancellationToken) is null ? null : await api.CallAsync(_request, cancellationToken);

    public async Task<Call> CallAsync(CancellationToken cancellationToken)
    {
        await ledger.TakeAsync(new Wish.Charge(), cancellationToken);
        return await api.CallAsync(_request, cancellationToken);
    }
}
