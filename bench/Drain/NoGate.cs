using Courier.Api;
using Courier.Messages;
using Courier.Pacing;
using Courier.Routing;

namespace Courier.Bench.Drain;

/// <summary>Lets everything through: what remains is each request's own Retry-After.</summary>
internal sealed class NoGate : IAdmission
{
    public ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Admission>(new Admission.Granted(new Slot(DateTimeOffset.UnixEpoch, null)));

    public ValueTask LearnAsync(Call call, Disposition disposition, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
