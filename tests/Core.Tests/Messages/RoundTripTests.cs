using System.Text;
using System.Text.Json;
using Courier.Messages;

namespace Courier.Tests.Messages;

/// <summary>What <see cref="EnvelopeWriter"/> writes, <see cref="EnvelopeReader"/> reads.</summary>
public sealed class RoundTripTests
{
    private const string Full = """
        {"id":"r1","method":"GET","path":"/x?a=1","query":{"b":[1.50,"ü"]},"headers":{"Accept":"text/csv"},"body":{"n":1.10,"big":12345678901234567890,
        "text":"\u0000\u001f\"\\/\uffff 漢字 😀"},"idempotent":true,"paginate":true,"expiresAt":"2026-02-01T10:00:00.1234567+02:00","reply":false,
        "metadata":{"k":[null,{}]},"priority":"high","notBefore":"2026-01-20T10:00:00+02:00","batch":"night-1",
        "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
        """;

    private const string History = """
        {"at":"2026-01-01T08:01:00Z","outcome":"server-error","status":503,"durationMs":101},{"at":"2026-01-01T08:02:00Z","outcome":"unreachable","durationMs":102},
        {"at":"2026-01-01T08:03:00Z","outcome":"rate-limited","status":429,"durationMs":103}
        """;

    [Fact]
    public void Every_field_survives()
    {
        Envelope before = TestMessages.Request(Full);

        Envelope after = TestMessages.Request(EnvelopeWriter.Write(before).ToArray());

        Assert.Equal(Comparable(before.Request), Comparable(after.Request));
        Assert.Equal(before.Request.Headers, after.Request.Headers);
        Assert.Equal(before.Request.Target, after.Request.Target);
        Assert.True(JsonElement.DeepEquals(before.Request.Body!.Value, after.Request.Body!.Value));
        Assert.True(JsonElement.DeepEquals(before.Request.Query!.Value, after.Request.Query!.Value));
        Assert.True(JsonElement.DeepEquals(before.Request.Metadata!.Value, after.Request.Metadata!.Value));
    }

    [Fact]
    public void Numbers_keep_their_digits()
    {
        string written = Encoding.UTF8.GetString(EnvelopeWriter.Write(TestMessages.Request(Full)).Span);

        Assert.Contains("\"n\":1.10,", written, StringComparison.Ordinal);
        Assert.Contains("\"big\":12345678901234567890,", written, StringComparison.Ordinal);
        Assert.Contains("1.50", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Written_text_can_travel_in_xml()
    {
        string written = Encoding.UTF8.GetString(EnvelopeWriter.Write(TestMessages.Request(Full)).Span);

        Assert.DoesNotContain(written, c => c is < ' ' or '\uFFFE' or '\uFFFF');
        Assert.Contains("漢字", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Delivery_state_survives()
    {
        Envelope before = TestMessages.Request(CreateText(History));

        Envelope after = TestMessages.Request(EnvelopeWriter.Write(before).ToArray());

        Assert.Equal(before.Delivery with { History = [] }, after.Delivery with { History = [] });
        Assert.Equal(before.Delivery.History, after.Delivery.History);
    }

    [Fact]
    public void Delivery_state_is_read_whole()
    {
        Delivery delivery = TestMessages.Request(CreateText(History)).Delivery;

        Assert.Equal(3, delivery.Attempt);
        Assert.Equal(TestMessages.Posted, delivery.FirstSeenAt);
        Assert.Equal(TestMessages.Posted.AddSeconds(1.25), delivery.FirstCallAt);
        Assert.Equal(new Slot(SlotLane.Ahead, 17672256000000000, "0a1b2c3d"), delivery.Slot);
        Assert.Equal(TimeSpan.FromSeconds(90), delivery.Waited);
        Assert.Equal([CreateCall(1, "server-error", 503), CreateCall(2, "unreachable", null), CreateCall(3, "rate-limited", 429)], delivery.History);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", delivery.Traceparent);
    }

    [Fact]
    public void Dates_of_a_dead_letter_that_was_sent_back_survive()
    {
        DateTimeOffset[] dates = [TestMessages.Posted.AddHours(1), TestMessages.Posted.AddHours(2).AddTicks(7)];
        Envelope before = TestMessages.Request(CreateText());
        before = before with { Delivery = before.Delivery with { DeadLettered = dates, IsUnclaimed = true } };

        Envelope after = TestMessages.Request(EnvelopeWriter.Write(before).ToArray());

        Assert.Equal(dates, after.Delivery.DeadLettered);
        Assert.True(after.Delivery.IsUnclaimed);
    }

    [Fact]
    public void Claim_check_survives_without_the_request()
    {
        Delivery before = TestMessages.Request(CreateText()).Delivery with { ClaimCheck = "0198.json" };

        Reading reading = TestMessages.CreateReader().Read(TestMessages.CreateMessage(EnvelopeWriter.WriteClaim("r1", before).ToArray()));

        Reading.Claimed claim = Assert.IsType<Reading.Claimed>(reading);
        Assert.Equal("0198.json", claim.BlobName);
        Assert.Equal("r1", claim.Id);
        Assert.Equal(before with { History = [] }, claim.Delivery with { History = [] });
    }

    [Fact]
    public void Request_alone_is_written_without_delivery_state()
    {
        ReadOnlyMemory<byte> written = EnvelopeWriter.Write(TestMessages.Request(Full).Request);

        Assert.False(JsonElement.Parse(written.Span).TryGetProperty("delivery", out _));
        Assert.Equal("r1", TestMessages.Request(written.ToArray()).Request.Id);
    }

    private static ApiRequest Comparable(ApiRequest request) => request with { Headers = [], Body = null, Query = null, Metadata = null };

    private static CallRecord CreateCall(int minute, string outcome, int? status) =>
        new(TestMessages.Posted.AddMinutes(minute), outcome, status, 100 + minute);

    private static string CreateText(string history = "") => $$"""
        {"method":"GET","path":"/x","delivery":{"attempt":3,"firstSeenAt":"2026-01-01T08:00:00Z","firstCallAt":"2026-01-01T08:00:01.25Z","slot":17672256000000000,
        "seal":"0a1b2c3d","lane":"ahead","waitedSeconds":90,
        "history":[{{history}}],"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"} }
        """;
}
