using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Functions;

/// <summary>What has a default elsewhere must be set here: the host reads the triggers' queues from the settings, and without them just leaves the triggers out.</summary>
public sealed class TriggerSettings : IValidateOptions<QueueOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        List<string> missing = [];
        if (options.RequestQueue is null)
            missing.Add($"RequestQueue is not set: it must be the name of the queue that requests are posted to, like {options.RequestName}; the Functions host reads the trigger's queue from it.");
        if (options.PoisonQueue is null)
            missing.Add($"PoisonQueue is not set: it must be {options.PoisonName}; the Functions host reads the trigger's queue from it.");
        return missing.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(missing);
    }
}
