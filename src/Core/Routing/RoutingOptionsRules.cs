using Courier.Settings;
using Microsoft.Extensions.Options;

namespace Courier.Routing;

internal sealed class RoutingOptionsRules : IValidateOptions<RoutingOptions>
{
    /// <summary>A storage queue hides a message for seven days at the most.</summary>
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(6);

    public ValidateOptionsResult Validate(string? name, RoutingOptions options)
    {
        SettingRules rules = new(RoutingOptions.Section);
        rules.Between("MaxAttempts", options.MaxAttempts, 1, 1000);
        rules.Between("MaxRefusals", options.MaxRefusals, 1, 1000);
        rules.Between("MaxAge", options.MaxAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        rules.Between("BaseDelay", options.BaseDelay, TimeSpan.Zero, s_longestDelay);
        rules.Between("MaxDelay", options.MaxDelay, TimeSpan.Zero, s_longestDelay);
        rules.NotAbove("BaseDelay", options.BaseDelay, "MaxDelay", options.MaxDelay);
        return rules.Result;
    }
}
