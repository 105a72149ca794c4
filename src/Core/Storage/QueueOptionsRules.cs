using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Courier.Storage;

internal sealed partial class QueueOptionsRules : IValidateOptions<QueueOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        string requests = options.RequestQueue is null && options.Requests is not null ? "Queues:Requests" : "RequestQueue";
        (string Key, string Name)[] queues =
            [(requests, options.RequestName), ("Queues:Results", options.Results), ("Queues:DeadLetters", options.DeadLetters), ("Queues:Alerts", options.Alerts)];
        List<string> errors = [.. queues.Where(queue => !IsQueueName().IsMatch(queue.Name)).Select(queue =>
            $"{queue.Key} is '{queue.Name}': it must be 3 to 56 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit.")];
        errors.AddRange(queues.Append((Key: "PoisonQueue", Name: options.PoisonName)).GroupBy(queue => queue.Name).Where(same => same.Count() > 1).Select(same =>
            $"{string.Join(" and ", same.Select(queue => queue.Key))} are all '{same.Key}': each must name a queue of its own."));
        if (options.Requests is { } alias && alias != options.RequestName)
            errors.Add($"Queues:Requests is '{alias}': it must be what RequestQueue is, '{options.RequestName}', or be left out.");
        if (options.PoisonQueue is { } poison && poison != options.PoisonName)
            errors.Add($"PoisonQueue is '{poison}': it must be '{options.PoisonName}', because the host moves messages from '{options.RequestName}' to no other queue.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>The service's rule, shortened by the length of <c>-poison</c>.</summary>
    [GeneratedRegex("^(?=.{3,56}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex IsQueueName();
}
