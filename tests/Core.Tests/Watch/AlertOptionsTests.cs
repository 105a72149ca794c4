using Courier.Alerts;
using Courier.Configuration;
using Courier.Contracts;
using Courier.Sinks;
using Courier.Tests.Alerts;
using Courier.Tests.Configuration;
using Courier.Watch;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Watch;

public sealed class AlertOptionsTests
{
    private const string PagerDuty = $"https://events.pagerduty.com/v2/enqueue?routing_key={TestAlerts.RoutingKey}";

    [Fact]
    public void Defaults_are_those_of_the_readme()
    {
        AlertOptions options = TestSettings.Options<AlertOptions>();

        Assert.Empty(options.Webhooks);
        Assert.Equal(("docs/runbook.md", 10, TimeSpan.FromHours(1)), (options.RunbookUrl, options.DeadLettersPerHour, options.SilenceAfter));
        Assert.Equal("docs/runbook.md#api-outage", options.Runbook(AlertKind.ApiOutage));
    }

    [Theory]
    [InlineData("Alerts:RunbookUrl", "docs/run book.md", "without spaces")]
    [InlineData("Alerts:RunbookUrl", "https://wiki.test/#runbook", "without a fragment")]
    [InlineData("Alerts:DeadLettersPerHour", "-1", "must be between 0 and 1000000")]
    [InlineData("Alerts:SilenceAfter", "00:00:59", "must be between 00:01:00 and 7.00:00:00")]
    [InlineData("Alerts:SilenceAfter", "8.00:00:00", "must be between 00:01:00 and 7.00:00:00")]
    public void Wrong_setting_is_named_with_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        string error = Assert.Single(TestSettings.Errors((key, value)));

        Assert.StartsWith($"{key} is '{value}': ", error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebhookFormat.Generic, "https://hooks.test/s3cret")]
    [InlineData(WebhookFormat.Slack, " https://hooks.slack.com/services/T/B/s3cret ")]
    [InlineData(WebhookFormat.Teams, "https://prod-1.westeurope.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?api-version=2016-06-01&sig=s3cret")]
    [InlineData(WebhookFormat.Generic, "http://127.0.0.1:7171/hook")]
    [InlineData(WebhookFormat.PagerDuty, PagerDuty)]
    [InlineData(WebhookFormat.PagerDuty, "https://events.eu.pagerduty.com/v2/enqueue?routing_key=0123456789abcdefghijABCDEFGHIJ99")]
    [InlineData(WebhookFormat.PagerDuty, "http://localhost:7171/v2/enqueue?routing_key=0123456789abcdefghijABCDEFGHIJ99")]
    public void Right_webhook_has_no_errors(WebhookFormat format, string url) => Assert.Empty(Errors(format, url));

    [Theory]
    [InlineData(WebhookFormat.Generic, "http://hooks.test/s3cret")]
    [InlineData(WebhookFormat.Generic, "hooks.test/s3cret")]
    [InlineData(WebhookFormat.Generic, "/s3cret")]
    [InlineData(WebhookFormat.Generic, "https://[s3cret")]
    [InlineData(WebhookFormat.Slack, "https://user:s3cret@hooks.test/")]
    [InlineData(WebhookFormat.Slack, "file:///s3cret")]
    [InlineData(WebhookFormat.PagerDuty, "https://events.pagerduty.com/v2/enqueue")]
    [InlineData(WebhookFormat.PagerDuty, "https://events.pagerduty.com/v2/enqueue?routing_key=s3cret")]
    [InlineData(WebhookFormat.PagerDuty, "https://events.pagerduty.com/generic/2010-04-15/create_event.json?routing_key=0123456789abcdefghijABCDEFGHIJ99")]
    [InlineData(WebhookFormat.PagerDuty, "https://s3cret.test/v2/enqueue?routing_key=0123456789abcdefghijABCDEFGHIJ99")]
    [InlineData(WebhookFormat.PagerDuty, PagerDuty + "&s3cret=1")]
    public void Wrong_address_is_told_without_being_shown(WebhookFormat format, string url)
    {
        string error = Assert.Single(Errors(format, url));

        Assert.StartsWith("Alerts:Webhooks:1:Url (its value is not shown) ", error, StringComparison.Ordinal);
        Assert.Contains("must be", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        Assert.DoesNotContain(TestAlerts.RoutingKey, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Webhook_without_an_address_and_with_an_unknown_format_has_both_errors()
    {
        IReadOnlyList<string> errors = Errors((WebhookFormat)9, " ");

        Assert.Equal(["Alerts:Webhooks:1:Format is '9': it must be one of generic, slack, teams, pagerduty.", "Alerts:Webhooks:1:Url is not set: it must be the webhook's address."], errors);
    }

    /// <summary>Of the second webhook; the first is right.</summary>
    private static IReadOnlyList<string> Errors(WebhookFormat format, string url)
    {
        ServiceCollection services = new();
        services.AddCourierCore(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Api:Key", TestCourier.Key), new("Alerts:Webhooks:0:Url", "https://hooks.test/1"), new("Alerts:Webhooks:1:Url", url), new("Alerts:Webhooks:1:Format", format.ToString()),
        ]).Build());
        using ServiceProvider provider = services.BuildServiceProvider();
        return Record.Exception(provider.GetRequiredService<IStartupValidator>().Validate) is OptionsValidationException wrong ? [.. wrong.Failures] : [];
    }
}
