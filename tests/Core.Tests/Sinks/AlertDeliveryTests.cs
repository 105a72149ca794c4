using System.Net;
using Courier.Alerts;
using Courier.Contracts;
using Courier.Sinks;
using Courier.Storage;
using Courier.Tests.Alerts;
using Courier.Tests.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Sinks;

/// <summary>Who gets an alert when, and again when it did not arrive.</summary>
public sealed class AlertDeliveryTests
{
    private const string Webhook = "webhook 0 (generic)";

    private readonly FakeClock _clock = new();
    private readonly LogLines<AlertDelivery> _log = new();
    private readonly LogLines<LogSink> _alertLog = new();
    private readonly CourierStorage _storage;
    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _answer = Answer(HttpStatusCode.OK);

    public AlertDeliveryTests()
    {
        _storage = new CourierStorage(new InMemoryStorage(_clock), Options.Create(new QueueOptions()));
        Network = new StubApi((request, cancellationToken) => _answer(request, cancellationToken));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private StubApi Network { get; }

    [Fact]
    public async Task Alert_goes_to_queue_log_and_webhook_and_is_done()
    {
        AlertDelivery delivery = CreateDelivery();
        PendingAlert pending = delivery.Prepare(TestAlerts.Create(), Now());

        PendingAlert? left = await SendAsync(delivery, pending);

        Assert.Null(left);
        QueuedMessage message = Assert.Single(await _storage.Alerts.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancelled));
        Assert.Equal(GenericFormat.Write(pending.Alert).ToArray(), message.Body.ToArray());
        Assert.Equal((LogLevel.Critical, 40, "alert.raised"), Event(Assert.Single(_alertLog.Lines)));
        Assert.Single(Network.Sent);
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(AlertKind.ApiOutage, LogLevel.Critical)]
    [InlineData(AlertKind.DeadLettersRising, LogLevel.Warning)]
    [InlineData(AlertKind.ApiRecovered, LogLevel.Warning)]
    public async Task Log_tells_all_of_it_at_the_alert_s_level(AlertKind kind, LogLevel level)
    {
        await new LogSink(_alertLog).SendAsync(TestAlerts.Create(kind), Cancelled);

        (LogLevel logged, _, string text) = Assert.Single(_alertLog.Lines);
        Assert.Equal(level, logged);
        Assert.StartsWith($"alert.raised {kind.Text()} alert-1 since ", text, StringComparison.Ordinal);
        Assert.All(["38 of 40 calls", "40 calls, 38 failures", "runbook https://wiki.test", "r1 GET /companies/example.com", "API errors", "support@api.test"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failing_webhook_is_tried_again_ever_less_often_and_always_with_the_same_alert()
    {
        _answer = Answer(HttpStatusCode.BadGateway);
        AlertDelivery delivery = CreateDelivery();
        PendingAlert? pending = delivery.Prepare(TestAlerts.Create(), Now());
        List<double> minutes = [];
        for (int attempt = 0; attempt < 7; attempt++)
        {
            pending = await SendAsync(delivery, pending!);
            Assert.Equal([Webhook], pending!.Sinks);
            minutes.Add((pending.NextTryAt - Now()).TotalMinutes);
            _clock.Advance(pending.NextTryAt - Now());
        }

        _answer = Answer(HttpStatusCode.OK);
        pending = await SendAsync(delivery, pending);

        Assert.Null(pending);
        Assert.Equal([1, 2, 4, 8, 15, 15, 15], minutes);
        Assert.Equal(1, await _storage.Alerts.CountAsync(Cancelled));
        Assert.Single(_alertLog.Lines);
        Assert.Single(Network.Sent.Select(sent => sent.Body).Distinct());
        Assert.Equal(7, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.Equal((LogLevel.Warning, 41, "alert.delivery-failed"), Event(line)));
    }

    [Fact]
    public async Task Webhook_that_does_not_answer_delays_nobody()
    {
        _answer = Never;
        AlertDelivery delivery = CreateDelivery();
        DateTimeOffset began = Now();
        PendingAlert pending = delivery.Prepare(TestAlerts.Create(), began);

        (Task<IReadOnlyList<DeliveryOutcome>> sending, int queuedAtOnce) = await _clock.RunAsync(async () =>
        {
            Task<IReadOnlyList<DeliveryOutcome>> sending = delivery.SendDueAsync([pending], began, Cancelled);
            int queued = await _storage.Alerts.CountAsync(Cancelled);
            await sending;
            return (sending, queued);
        });

        Assert.Equal((1, 1), (queuedAtOnce, _alertLog.Lines.Count));
        Assert.Equal(TimeSpan.FromSeconds(10), Now() - began);
        Assert.Equal("No answer within 10 s.", Assert.Single((await sending).OfType<DeliveryOutcome.Failed>()).Why);
    }

    [Fact]
    public async Task Sink_is_given_up_after_a_day()
    {
        _answer = Answer(HttpStatusCode.Gone);
        AlertDelivery delivery = CreateDelivery();
        PendingAlert? pending = delivery.Prepare(TestAlerts.Create(), Now());
        DateTimeOffset began = Now();
        while ((pending = await SendAsync(delivery, pending!)) is not null)
            _clock.Advance(pending.NextTryAt - Now());

        Assert.InRange(Now() - began, TimeSpan.FromHours(24), TimeSpan.FromHours(24.25));
        (LogLevel, int, string?) last = Event(_log.Lines[^1]);
        Assert.Equal((LogLevel.Error, 42, "alert.delivery-given-up"), last);
        Assert.Single(_log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Sender_that_was_killed_sends_the_same_alert_again()
    {
        AlertDelivery delivery = CreateDelivery();
        PendingAlert pending = delivery.Prepare(TestAlerts.Create(), Now());

        await delivery.SendDueAsync([pending], Now(), Cancelled);
        await CreateDelivery().SendDueAsync([pending], Now(), Cancelled);

        Assert.Equal(2, Network.Sent.Count);
        Assert.Single(Network.Sent.Select(sent => sent.Body).Distinct());
        Assert.Equal(2, await _storage.Alerts.CountAsync(Cancelled));
    }

    /// <summary>Until its last try: another deployment may have the sink.</summary>
    [Fact]
    public async Task Sink_that_was_taken_from_the_settings_is_dropped_in_the_end()
    {
        PendingAlert pending = CreateDelivery().Prepare(TestAlerts.Create(), Now()) with { Sinks = ["webhook 7 (slack)"] };

        Assert.Equal(pending.Sinks, (await SendAsync(CreateDelivery(), pending))!.Sinks);
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await SendAsync(CreateDelivery(), pending));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Alert_that_is_not_due_waits()
    {
        AlertDelivery delivery = CreateDelivery();
        PendingAlert pending = delivery.Prepare(TestAlerts.Create(), Now()) with { NextTryAt = Now().AddMinutes(1) };

        Assert.Equal(pending.Sinks, (await SendAsync(delivery, pending))!.Sinks);
        Assert.Empty(Network.Sent);
        Assert.True(pending.IsDue(Now().AddSeconds(56)), "a timer may come early");
    }

    [Fact]
    public async Task End_of_an_outage_does_not_overtake_its_beginning()
    {
        _answer = Answer(HttpStatusCode.ServiceUnavailable);
        AlertDelivery delivery = CreateDelivery();
        PendingAlert outage = (await SendAsync(delivery, delivery.Prepare(TestAlerts.Create(), Now())))!;
        _clock.Advance(TimeSpan.FromSeconds(20));
        PendingAlert recovered = delivery.Prepare(TestAlerts.Create(AlertKind.ApiRecovered, "alert-2"), Now());
        _answer = Answer(HttpStatusCode.OK);

        IReadOnlyList<DeliveryOutcome> early = await delivery.SendDueAsync([recovered, outage], Now(), Cancelled);
        recovered = recovered.After(early, Now())!;
        _clock.Advance(TimeSpan.FromSeconds(40));
        await delivery.SendDueAsync([recovered, outage], Now(), Cancelled);

        Assert.Equal(["queue", "log"], early.Select(outcome => outcome.Sink));
        Assert.Equal(0, recovered.Tries);
        Assert.Equal([Webhook], recovered.Sinks);
        Assert.Equal(["alert-1", "alert-1", "alert-2"], Network.Sent.Select(sent => System.Text.Json.JsonElement.Parse(sent.Body!).GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Other_episodes_do_not_wait_for_each_other()
    {
        AlertDelivery delivery = CreateDelivery();
        PendingAlert waiting = delivery.Prepare(TestAlerts.Create(), Now()) with { NextTryAt = Now().AddMinutes(5) };
        PendingAlert other = delivery.Prepare(TestAlerts.Create(AlertKind.Silence, "alert-2"), Now());

        IReadOnlyList<DeliveryOutcome> outcomes = await delivery.SendDueAsync([waiting, other], Now(), Cancelled);

        Assert.Equal(3, outcomes.OfType<DeliveryOutcome.Delivered>().Count(outcome => outcome.AlertId == "alert-2"));
    }

    [Fact]
    public async Task Stopped_host_ends_the_sending()
    {
        _answer = Never;
        using CancellationTokenSource stop = new();
        AlertDelivery delivery = CreateDelivery();
        Task sending = delivery.SendDueAsync([delivery.Prepare(TestAlerts.Create(), Now())], Now(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Key_is_taken_out_before_an_alert_is_stored_or_sent()
    {
        AlertDelivery delivery = CreateDelivery();
        Alert alert = TestAlerts.Fill(AlertKind.ApiOutage, $"a token {TestCourier.Key}!");
        PendingAlert pending = delivery.Prepare(alert, Now());

        await delivery.SendDueAsync([pending with { Alert = alert }], Now(), Cancelled);

        QueuedMessage message = Assert.Single(await _storage.Alerts.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancelled));
        Assert.All(
            [pending.Alert.Summary, System.Text.Encoding.UTF8.GetString(message.Body.Span), Network.Sent[0].Body!, _alertLog.Lines[0].Text],
            text => Assert.Contains("a token [redacted]!", text, StringComparison.Ordinal));
        Assert.DoesNotContain(TestCourier.Key, Network.Sent[0].Body! + _alertLog.Lines[0].Text, StringComparison.Ordinal);
    }

    private static (LogLevel Level, int Id, string? Name) Event((LogLevel Level, EventId Event, string Text) line) => (line.Level, line.Event.Id, line.Event.Name);

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(HttpStatusCode status) => (_, _) => Task.FromResult(new HttpResponseMessage(status));

    private static async Task<HttpResponseMessage> Never(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return new HttpResponseMessage();
    }

    private DateTimeOffset Now() => _clock.GetUtcNow();

    private async Task<PendingAlert?> SendAsync(AlertDelivery delivery, PendingAlert pending) =>
        pending.After(await delivery.SendDueAsync([pending], Now(), Cancelled), Now());

    private AlertDelivery CreateDelivery()
    {
        WebhookOptions webhook = new() { Url = "https://hooks.test/x" };
        return new AlertDelivery([new QueueSink(_storage), new LogSink(_alertLog), new WebhookSink(webhook, new StubHttp(Network))], TestAlerts.Redaction, _clock, _log);
    }
}
