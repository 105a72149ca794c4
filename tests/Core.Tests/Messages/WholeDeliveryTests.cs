using System.Text.Json;
using Courier.Messages;

namespace Courier.Tests.Messages;

/// <summary>All that a request can have been through, written and read again.</summary>
public sealed class WholeDeliveryTests
{
    private static readonly DateTimeOffset s_posted = TestMessages.Posted;

    private static readonly Delivery s_whole = new()
    {
        Attempt = 3,
        FirstSeenAt = s_posted,
        FirstCallAt = s_posted.AddSeconds(2),
        Slot = new Slot(SlotLane.Ahead, 42, new string('5', 32)),
        Waited = TimeSpan.FromSeconds(90),
        Refusals = 4,
        RefusedSince = s_posted.AddSeconds(3),
        History =
        [
            new CallRecord(s_posted.AddSeconds(4), "unreachable", null, 7) { Tries = [new CallTry(503, null, null), new CallTry(null, "connection-reset", true), new CallTry(null, "no-connection", false)] },
            new CallRecord(s_posted.AddSeconds(5), "server-error", 503, 8),
        ],
        Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        List = new string('a', RequestIdentity.ListLength),
        DeadLettered = [s_posted.AddDays(-2), s_posted.AddDays(-1)],
        IsUnclaimed = true,
        Claimant = "claimant-1",
    };

    [Fact]
    public void Nothing_is_lost_on_the_way()
    {
        Envelope before = TestMessages.CreateEnvelope() with { Delivery = s_whole };

        Delivery after = TestMessages.Request(EnvelopeWriter.Write(before).ToArray()).Delivery;

        Assert.Equal(JsonSerializer.Serialize(s_whole), JsonSerializer.Serialize(after));
    }

    [Fact]
    public void Line_is_told_from_what_is_ahead_of_it()
    {
        Envelope before = TestMessages.CreateEnvelope() with { Delivery = s_whole with { Slot = new Slot(SlotLane.Line, 0) } };

        Assert.Equal(before.Delivery.Slot, TestMessages.Request(EnvelopeWriter.Write(before).ToArray()).Delivery.Slot);
    }

    [Fact]
    public void Age_leaves_out_what_was_waited() => Assert.Equal(TimeSpan.FromSeconds(10), s_whole.Age(s_posted.AddSeconds(102)));

    [Fact]
    public void Redriven_request_has_begun_with_its_latest_redrive() =>
        Assert.Equal([s_posted.AddDays(-1), s_posted], [s_whole.BegunAt, (s_whole with { DeadLettered = [] }).BegunAt]);

    [Theory]
    [InlineData("server-error", 500, true)]
    [InlineData("server-error", 599, true)]
    [InlineData("rejected", 499, false)]
    [InlineData("succeeded", 200, false)]
    [InlineData("unreachable", null, true)]
    [InlineData("", null, false)]
    public void Call_whose_end_is_not_known_may_have_happened(string outcome, int? status, bool mayHaveHappened) =>
        Assert.Equal(mayHaveHappened, new CallRecord(s_posted, outcome, status, 1).MayHaveHappened);

    [Theory]
    [InlineData(null, "connection-reset", true, true)]
    [InlineData(null, "connection-reset", null, true)]
    [InlineData(null, "no-connection", false, false)]
    [InlineData(500, null, null, true)]
    [InlineData(499, null, null, false)]
    [InlineData(200, "cut", null, true)]
    [InlineData(299, "cut", null, true)]
    [InlineData(300, "cut", null, false)]
    [InlineData(200, null, null, false)]
    public void One_try_is_enough(int? status, string? failure, bool? sent, bool mayHaveHappened) => Assert.Equal(
        mayHaveHappened,
        new CallRecord(s_posted, "unreachable", null, 1) { Tries = [new CallTry(404, null, null), new CallTry(status, failure, sent)] }.MayHaveHappened);
}
