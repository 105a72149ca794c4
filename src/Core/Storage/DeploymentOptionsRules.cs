using System.Text.RegularExpressions;
using Courier.Settings;
using Microsoft.Extensions.Options;

namespace Courier.Storage;

internal sealed partial class DeploymentOptionsRules : IValidateOptions<DeploymentOptions>
{
    public ValidateOptionsResult Validate(string? name, DeploymentOptions options)
    {
        SettingRules rules = new(DeploymentOptions.Section);
        rules.Holds(IsName().IsMatch(options.Name), "Name", options.Name, "1 to 40 lower-case letters, digits and single hyphens, or empty");
        return rules.Result;
    }

    [GeneratedRegex("^(?=.{0,40}$)([a-z0-9]+(-[a-z0-9]+)*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsName();
}
