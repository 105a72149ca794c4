using Courier.Settings;
using Microsoft.Extensions.Options;

namespace Courier.Resilience;

internal sealed class ResilienceOptionsRules : IValidateOptions<ResilienceOptions>
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, ResilienceOptions options)
    {
        SettingRules rules = new(ResilienceOptions.Section);
        rules.Between("AttemptTimeout", options.AttemptTimeout, s_shortest, TimeSpan.FromMinutes(2));
        rules.Between("TotalTimeout", options.TotalTimeout, s_shortest, TimeSpan.FromMinutes(4));
        rules.Between("Retries", options.Retries, 0, 10);
        rules.Between("BaseDelay", options.BaseDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        rules.Between("BreakDuration", options.BreakDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));
        rules.Between("BreakerFailureRatio", options.BreakerFailureRatio, 0.01, 1.0);
        rules.Between("BreakerMinimumThroughput", options.BreakerMinimumThroughput, 2, 1_000_000);
        rules.Between("BreakerSamplingDuration", options.BreakerSamplingDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));
        rules.NotAbove("AttemptTimeout", options.AttemptTimeout, "TotalTimeout", options.TotalTimeout);
        return rules.Result;
    }
}
