using Courier.Messages;

namespace Courier.Pacing;

/// <summary>Admits every request that has not expired.</summary>
public sealed class Gate(TimeProvider time) : IAdmission
{
    public ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Admission admission = envelope.Request.ExpiresAt <= time.GetUtcNow() ? new Admission.Expired() : new Admission.Granted();
        return ValueTask.FromResult(admission);
    }
}
