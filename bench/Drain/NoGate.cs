using Courier.Api;
using Courier.Messages;
using Courier.Pacing;

namespace Courier.Bench.Drain;

/// <summary>Lets everything through: what remains is each request's own Retry-After.</summary>
internal sealed class NoGate : IAdmission
{
    public ValueTask<Admission> AdmitAsync(Envelope envelope, CancellationToken cancellationToken) => ValueTask.FromResult<Admission>(Admission.Granted.One);

    public ValueTask<Lesson> LearnAsync(Envelope envelope, Call call, CancellationToken cancellationToken) => ValueTask.FromResult<Lesson>(Lesson.Called.One);
}
