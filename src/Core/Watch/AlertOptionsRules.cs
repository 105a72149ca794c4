using Courier.Settings;
using Courier.Sinks;
using Microsoft.Extensions.Options;

namespace Courier.Watch;

internal sealed class AlertOptionsRules : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        SettingRules rules = new(AlertOptions.Section);
        rules.Holds(IsPage(options.RunbookUrl), "RunbookUrl", options.RunbookUrl, "an address or a path, without spaces and without a fragment (#)");
        rules.Between("DeadLettersPerHour", options.DeadLettersPerHour, 0, 1_000_000);
        rules.Between("SilenceAfter", options.SilenceAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        string[] errors = [.. rules.Result.Failures ?? [], .. options.Webhooks.SelectMany(Errors)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsPage(string page) => page.Length is > 0 and <= 400 && !page.Any(c => c is '#' or <= ' ');

    /// <summary>They name the key and never the address.</summary>
    private static IEnumerable<string> Errors(WebhookOptions webhook)
    {
        string key = $"{AlertOptions.Section}:Webhooks:{webhook.Number}";
        if (string.IsNullOrWhiteSpace(webhook.Url))
            yield return $"{key}:Url is not set: it must be the webhook's address.";
        else if (WebhookAddress.Parse(webhook.Url) is not { } address)
            yield return $"{key}:Url (its value is not shown) is not allowed: it must be an absolute https address without user name (http on loopback only).";
        else if (webhook.Format == WebhookFormat.PagerDuty && PagerDutyAddress.Parse(address) is null)
            yield return $"{key}:Url (its value is not shown) is not allowed: it must be {PagerDutyAddress.Expected}.";
    }
}
