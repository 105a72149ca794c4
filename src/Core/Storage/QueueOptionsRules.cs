using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Courier.Storage;

internal sealed partial class QueueOptionsRules : IValidateOptions<QueueOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        (string Key, string Name)[] queues =
            [("Requests", options.Requests), ("Results", options.Results), ("DeadLetters", options.DeadLetters), ("Alerts", options.Alerts)];
        List<string> errors = [.. queues.Where(queue => !IsQueueName().IsMatch(queue.Name)).Select(queue =>
            $"Queues:{queue.Key} is '{queue.Name}': it must be 3 to 56 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit.")];
        errors.AddRange(queues.GroupBy(queue => queue.Name).Where(same => same.Count() > 1).Select(same =>
            $"{string.Join(" and ", same.Select(queue => "Queues:" + queue.Key))} are all '{same.Key}': each must name a queue of its own."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>The service's rule, shortened by the length of <c>-poison</c>.</summary>
    [GeneratedRegex("^(?=.{3,56}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex IsQueueName();
}
