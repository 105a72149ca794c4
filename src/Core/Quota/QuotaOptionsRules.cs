using Courier.Settings;
using Microsoft.Extensions.Options;

namespace Courier.Quota;

internal sealed class QuotaOptionsRules : IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        SettingRules rules = new(QuotaOptions.Section);
        rules.Between("Limit", options.Limit, 2, 1_000_000_000);
        rules.Between("Window", options.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(31));
        rules.Between("Reserve", options.Reserve, 0, 0.9);
        rules.Between("MaxRate", options.MaxRate, 0.001, 1_000_000);
        rules.Between("PriorityShare", options.PriorityShare, 0.01, 0.5);
        return rules.Result;
    }
}
