using Courier.Settings;
using Microsoft.Extensions.Options;

namespace Courier.Pacing;

internal sealed class QuotaOptionsRules : IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        SettingRules rules = new(QuotaOptions.Section);
        rules.Between("Limit", options.Limit, 2, 1_000_000_000);
        rules.Between("Window", options.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(31));
        rules.Between("Reserve", options.Reserve, 0, 0.9);
        rules.Between("PriorityShare", options.PriorityShare, 0.01, 0.5);
        double usable = options.Limit * (1 - options.Reserve);
        rules.Holds(options.BurstSize >= 1 && options.BurstSize <= usable / 2, "Burst", options.BurstSize,
            $"at least 1 and at most half of the usable limit (Quota:Limit less Quota:Reserve: {usable:0})");
        return rules.Result;
    }
}
