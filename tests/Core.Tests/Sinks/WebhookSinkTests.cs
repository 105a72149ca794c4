using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Courier.Configuration;
using Courier.Contracts;
using Courier.Sinks;
using Courier.Storage;
using Courier.Tests.Alerts;
using Courier.Tests.Resilience;
using Courier.Tests.Watch;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.Tests.Sinks;

/// <summary>What goes to a webhook, and that its address goes nowhere else.</summary>
public sealed class WebhookSinkTests
{
    private const string Token = "T0000-s3cret-token";
    private const string Address = $"https://hooks.test/services/{Token}";

    [Theory]
    [InlineData(WebhookFormat.Generic, "generic")]
    [InlineData(WebhookFormat.Slack, "slack")]
    [InlineData(WebhookFormat.Teams, "teams")]
    [InlineData(WebhookFormat.PagerDuty, "pagerduty")]
    public async Task Alert_is_posted_in_the_webhook_s_format(WebhookFormat format, string schema)
    {
        StubApi network = new(HttpStatusCode.Accepted);
        string address = format == WebhookFormat.PagerDuty ? $"https://events.pagerduty.com/v2/enqueue?routing_key={TestAlerts.RoutingKey}" : Address;
        WebhookSink sink = CreateSink(network, format, address);

        await sink.SendAsync(TestAlerts.Create(), TestContext.Current.CancellationToken);

        SentRequest sent = Assert.Single(network.Sent);
        Assert.Equal("POST", sent.Method);
        Assert.Equal(format == WebhookFormat.PagerDuty ? "https://events.pagerduty.com/v2/enqueue" : Address, sent.Uri.AbsoluteUri);
        Assert.Empty(PayloadSchema.Errors(schema, System.Text.Encoding.UTF8.GetBytes(sent.Body!)));
        Assert.Equal($"webhook 3 ({schema})", sink.Name);
    }

    [Fact]
    public async Task Content_is_json()
    {
        string? type = null;
        StubApi network = new((request, _) =>
        {
            type = request.Content!.Headers.ContentType!.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        });

        await CreateSink(network).SendAsync(TestAlerts.Create(), TestContext.Current.CancellationToken);

        Assert.Equal("application/json", type);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Other_answers_than_2xx_are_failures_without_the_address(int status)
    {
        StubApi network = new((HttpStatusCode)status);

        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => CreateSink(network).SendAsync(TestAlerts.Create(), TestContext.Current.CancellationToken));

        Assert.Equal($"It answered {status}.", error.Message);
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_connection_is_told_without_the_address()
    {
        StubApi network = new((request, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No such host: {request.RequestUri}"));

        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => CreateSink(network).SendAsync(TestAlerts.Create(), TestContext.Current.CancellationToken));

        Assert.Equal("It gave no answer (NameResolutionError).", error.Message);
        Assert.DoesNotContain("hooks.test", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_is_not_followed_and_nothing_notes_the_address()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        ConcurrentQueue<string> traced = []; // other tests' calls are heard as well, from their threads
        using ActivityListener listener = Listen(traced);
        LogLines<WebhookSinkTests> log = new();
        await using ServiceProvider services = CreateServices(new Uri(server.Address, Token), log);
        AlertDelivery delivery = services.GetRequiredService<AlertDelivery>();
        PendingAlert pending = delivery.Prepare(TestAlerts.Create(), TestAlerts.Now);

        IReadOnlyList<DeliveryOutcome> outcomes = await delivery.SendDueAsync([pending], TestAlerts.Now, TestContext.Current.CancellationToken);

        Assert.Equal("It answered 302.", Assert.IsType<DeliveryOutcome.Failed>(Assert.Single(outcomes, outcome => outcome.Sink == "webhook 0 (slack)")).Why);
        Assert.Equal(2, outcomes.OfType<DeliveryOutcome.Delivered>().Count());
        Assert.Equal($"/{Token}", Assert.Single(server.Received).Uri.AbsolutePath);
        Assert.DoesNotContain(server.Received[0].Headers, header => header.Key is "Cookie" or "Authorization" or "traceparent");
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains(Token, StringComparison.Ordinal));
        Assert.DoesNotContain(traced, tags => tags.Contains(Token, StringComparison.Ordinal));
    }

    private static WebhookSink CreateSink(StubApi network, WebhookFormat format = WebhookFormat.Slack, string address = Address) =>
        new(new WebhookOptions { Url = address, Format = format, Number = 3 }, new StubHttp(network));

    /// <summary>The registration itself, with its real connections, logging everything.</summary>
    private static ServiceProvider CreateServices(Uri webhook, ILogger log)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new OneLog(log)));
        services.AddSingleton<IStorage>(new InMemoryStorage(new FakeClock()));
        services.AddCourierCore(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Api:Key", TestCourier.Key), new("Alerts:Webhooks:0:Url", webhook.AbsoluteUri), new("Alerts:Webhooks:0:Format", "slack")]).Build());
        return services.BuildServiceProvider();
    }

    /// <summary>The client's traces; the server of the test makes some of its own.</summary>
    private static ActivityListener Listen(ConcurrentQueue<string> traced)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue(string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class OneLog(ILogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
            // nothing to release
        }
    }
}
