using Courier.Api;
using Courier.Messages;
using Courier.Pacing;
using Courier.Routing;

namespace Courier.Contracts;

/// <summary>Admits every request that has not expired, at once: for tests that are not about pacing.</summary>
public sealed class OpenGate(TimeProvider time) : IAdmission
{
    public ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Admission>(envelope.Request.ExpiresAt <= time.GetUtcNow()
            ? new Admission.Expired()
            : new Admission.Granted(new Slot(time.GetUtcNow(), null)));
    }

    public ValueTask LearnAsync(Call call, Disposition disposition, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
