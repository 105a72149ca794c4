using Courier.Api;
using Courier.Messages;
using Courier.Routing;

namespace Courier.Pacing;

/// <summary>Decides when a request may call, and learns from how calls end.</summary>
public interface IAdmission
{
    /// <summary>Asked once before each call.</summary>
    ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken);

    /// <summary>Told of each call, with what was decided for its request.</summary>
    ValueTask LearnAsync(Call call, Disposition disposition, CancellationToken cancellationToken);
}
