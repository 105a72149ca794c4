using Courier.Api;
using Courier.Messages;
using Courier.Pacing;
using Courier.Resilience;

namespace Courier.Contracts;

/// <summary>Admits every request that has not expired, at once, and allows every repetition: for tests that are not about pacing.</summary>
public sealed class OpenGate(TimeProvider time) : IAdmission, IRetryBudget
{
    public ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Admission>(envelope.Request.ExpiresAt <= time.GetUtcNow() ? new Admission.Expired() : Admission.Granted.One);
    }

    public ValueTask<Lesson> LearnAsync(Envelope envelope, Call call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Lesson>(call.Result is CallResult.RateLimited ? Lesson.RefusedAlone.One : Lesson.Called.One);

    public ValueTask<bool> TryTakeAsync(TimeSpan within) => ValueTask.FromResult(true);
}
