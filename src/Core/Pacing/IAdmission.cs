using Courier.Api;
using Courier.Messages;

namespace Courier.Pacing;

/// <summary>Decides when a request may call, and learns from how calls end.</summary>
public interface IAdmission
{
    /// <summary>Asked once before each call.</summary>
    ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken);

    /// <summary>Told of each call. Throws for nothing but cancellation.</summary>
    ValueTask<Lesson> LearnAsync(Envelope envelope, Call call, CancellationToken cancellationToken);
}
