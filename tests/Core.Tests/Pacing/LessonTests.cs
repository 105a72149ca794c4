using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Pacing;
using Courier.Tests.Messages;

namespace Courier.Tests.Pacing;

/// <summary>What a request carries on after a call.</summary>
public sealed class LessonTests
{
    private static readonly DateTimeOffset s_called = TestMessages.Posted.AddHours(1);

    [Fact]
    public void Call_that_was_not_refused_ends_the_refusals_in_a_row()
    {
        Delivery after = Learn(Lesson.Called.One, refusals: 3);

        Assert.Equal((0, null), (after.Refusals, after.RefusedSince));
    }

    [Fact]
    public void Call_that_was_never_refused_teaches_nothing()
    {
        Envelope envelope = TestMessages.CreateEnvelope();

        Assert.Same(envelope, Lesson.Called.One.Apply(envelope, new Call(new CallResult.CircuitOpen(TimeSpan.Zero), s_called, TimeSpan.Zero)));
    }

    [Fact]
    public void Refusals_are_counted_from_the_first_and_cost_the_slot()
    {
        Delivery first = Learn(Lesson.RefusedAlone.One, refusals: 0);
        Delivery further = Learn(Lesson.RefusedAlone.One, refusals: 3);

        Assert.Equal((1, s_called, null), (first.Refusals, first.RefusedSince!.Value, first.Slot));
        Assert.Equal((4, TestMessages.Posted, null), (further.Refusals, further.RefusedSince!.Value, further.Slot));
    }

    private static Delivery Learn(Lesson lesson, int refusals)
    {
        Envelope envelope = TestMessages.CreateEnvelope();
        envelope = envelope with { Delivery = envelope.Delivery with { Slot = Slot.Ahead(s_called), Refusals = refusals, RefusedSince = refusals > 0 ? TestMessages.Posted : null } };
        return lesson.Apply(envelope, new Call(new CallResult.CircuitOpen(TimeSpan.Zero), s_called, TimeSpan.Zero)).Delivery;
    }
}
