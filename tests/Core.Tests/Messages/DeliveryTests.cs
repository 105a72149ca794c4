using System.Net;
using System.Text;
using Courier.Contracts;
using Courier.Messages;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Messages;

public sealed class DeliveryTests
{
    [Fact]
    public void New_message_was_first_seen_when_it_was_posted()
    {
        Delivery delivery = TestMessages.Request("""{"method":"GET","path":"/x"}""").Delivery;

        Assert.Equal(new Delivery { FirstSeenAt = TestMessages.Posted }, delivery with { History = [] });
        Assert.Empty(delivery.History);
    }

    [Fact]
    public void Unknown_fields_of_a_newer_version_are_passed_over()
    {
        Delivery delivery = TestMessages.Request("""
            {"method":"GET","path":"/x","delivery":{"attempt":2,"region":"eu","later":{"a":[1]},
             "history":[{"at":"2026-01-01T00:00:00Z","outcome":"server-error","status":503,"durationMs":7,"node":"n1"}]}}
            """).Delivery;

        Assert.Equal(2, delivery.Attempt);
        Assert.Equal(new CallRecord(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "server-error", 503, 7), Assert.Single(delivery.History));
    }

    [Theory]
    [InlineData("express")]
    [InlineData("7")]
    [InlineData("-1")]
    public void Unknown_lane_of_a_newer_version_is_the_line(string lane)
    {
        Delivery delivery = TestMessages.Request($$"""{"method":"GET","path":"/x","delivery":{"slot":7,"lane":"{{lane}}"} }""").Delivery;

        Assert.Equal(SlotLane.Line, delivery.Slot?.Lane);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "normal")]
    [InlineData("0001-01-01T00:00:00Z", "high")]
    [InlineData("9999-12-31T23:59:59Z", "normal")]
    [InlineData("9999-12-31T23:59:59Z", "high")]
    public async Task Moments_at_the_ends_of_time_do_no_harm(string moment, string lane)
    {
        await using TestCourier courier = TestCourier.Create(new StubApi((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable))));
        await courier.PostAsync($$"""
            {"method":"GET","path":"/x","expiresAt":"9999-12-31T23:59:59Z","delivery":{"attempt":2147483647,"waitedSeconds":2147483647,"firstSeenAt":"{{moment}}","firstCallAt":"{{moment}}",
             "slot":"{{moment}}","lane":"{{lane}}","history":[{"at":"{{moment}}","outcome":"","status":2147483647,"durationMs":2147483647}]} }
            """);

        await courier.ProcessAsync();

        Assert.Equal(1, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken) + (await courier.RecordsAsync()).Count);
    }

    [Fact]
    public void History_of_a_message_is_cut_to_the_latest_calls()
    {
        string calls = string.Join(',', Enumerable.Range(1, 30).Select(status => $$"""{"at":"2026-01-01T00:00:00Z","status":{{status}} }"""));

        Delivery delivery = TestMessages.Request($$"""{"method":"GET","path":"/x","delivery":{"history":[{{calls}}]} }""").Delivery;

        Assert.Equal(Enumerable.Range(11, Delivery.HistoryLimit).Cast<int?>(), delivery.History.Select(call => call.Status));
    }

    [Fact]
    public void History_forgets_the_oldest_call_first()
    {
        Delivery delivery = new() { FirstSeenAt = TestMessages.Posted };

        Delivery after = Enumerable.Range(1, Delivery.HistoryLimit + 3).Aggregate(delivery, (state, number) => state.After(CreateCall(status: number)));

        Assert.Equal(Enumerable.Range(4, Delivery.HistoryLimit).Cast<int?>(), after.History.Select(call => call.Status));
    }

    [Fact]
    public void First_call_is_remembered_once()
    {
        Delivery delivery = new() { FirstSeenAt = TestMessages.Posted };

        Delivery after = delivery.After(CreateCall(minute: 1)).After(CreateCall(minute: 2));

        Assert.Equal(TestMessages.Posted.AddMinutes(1), after.FirstCallAt);
    }

    [Fact]
    public void Call_that_the_api_put_off_does_not_start_the_clock()
    {
        Delivery delivery = new() { FirstSeenAt = TestMessages.Posted };

        Delivery after = delivery.After(CreateCall(minute: 1, outcome: CallRecord.RateLimited)).After(CreateCall(minute: 2));

        Assert.Equal(TestMessages.Posted.AddMinutes(2), after.FirstCallAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2, "rate-limited", "rate-limited")]
    [InlineData(1, "rate-limited", "server-error", "rate-limited")]
    [InlineData(0, "rate-limited", "server-error")]
    public void Only_the_latest_refusals_for_rate_are_counted(int expected, params string[] outcomes)
    {
        Delivery delivery = new() { FirstSeenAt = TestMessages.Posted, History = [.. outcomes.Select(outcome => CreateCall(outcome: outcome))] };

        Assert.Equal(expected, delivery.RateLimitedInARow);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    public void Trace_id_of_no_trace_is_none(string? traceparent) =>
        Assert.Null(Of(traceparent).TraceId);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Message_that_the_queue_delivers_again_may_have_been_called(long dequeueCount, bool isRedelivered)
    {
        Reading reading = TestMessages.CreateReader().Read(TestMessages.CreateMessage("""{"method":"GET","path":"/x"}""", dequeueCount: dequeueCount));

        Assert.Equal(isRedelivered, Assert.IsType<Reading.Request>(reading).Envelope.IsRedelivered);
    }

    /// <summary>A trace's id goes to whoever collects telemetry.</summary>
    [Theory]
    [InlineData("traceparent", "\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"")]
    [InlineData("delivery.traceparent", "{\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}")]
    public void Trace_that_is_the_key_is_refused(string field, string value)
    {
        EnvelopeReader reader = new(Options.Create(new ApiOptions { BaseUrl = new Uri("https://api.test"), Key = "4bf92f3577b34da6a3ce929d0e0e4736" }));

        IReadOnlyList<string> problems = reader.Problems(Encoding.UTF8.GetBytes($$"""{"method":"GET","path":"/x","{{field.Split('.')[0]}}":{{value}} }"""), TestMessages.Posted);

        Assert.Equal([$"`{field}` holds the API key, or another secret; change it."], problems);
    }

    /// <summary>The first delivery's own, in a message of an earlier version: it stands for what has been traced already.</summary>
    [Fact]
    public void Trace_is_the_senders_unless_deliveries_have_begun_one()
    {
        const string sender = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", first = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", Of(null, sender).TraceId);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Of(first, sender).TraceId);
    }

    private static Envelope Of(string? traceparent, string? sender = null)
    {
        Envelope envelope = TestMessages.Request("""{"method":"GET","path":"/x"}""");
        return new Envelope(envelope.Request with { Traceparent = sender }, envelope.Delivery with { Traceparent = traceparent });
    }

    private static CallRecord CreateCall(int minute = 0, string outcome = "server-error", int status = 503) =>
        new(TestMessages.Posted.AddMinutes(minute), outcome, status, 5);
}
