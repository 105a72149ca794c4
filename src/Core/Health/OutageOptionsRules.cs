using Courier.Settings;
using Microsoft.Extensions.Options;

namespace Courier.Health;

internal sealed class OutageOptionsRules : IValidateOptions<OutageOptions>
{
    public ValidateOptionsResult Validate(string? name, OutageOptions options)
    {
        SettingRules rules = new(OutageOptions.Section);
        rules.Between("Window", options.Window, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        rules.Between("MinimumCalls", options.MinimumCalls, 1, 100_000);
        rules.Between("FailureRatio", options.FailureRatio, 0.01, 1);
        rules.Between("SustainedFor", options.SustainedFor, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        rules.NotAbove("SustainedFor", options.SustainedFor, "Window", options.Window);
        rules.Between("Reminder", options.Reminder, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        return rules.Result;
    }
}
