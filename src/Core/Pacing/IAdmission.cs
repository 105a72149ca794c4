using Courier.Messages;

namespace Courier.Pacing;

/// <summary>Asked once before each call.</summary>
public interface IAdmission
{
    ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken);
}
