using Microsoft.Extensions.Options;

namespace Courier.Configuration;

/// <summary>
/// Tells wrong settings apart from other failures at start, and says all of them to the person who set them: one line each, and each with the
/// word error, because the Functions host takes a line that a worker writes there for an error only when it holds that word.
/// </summary>
public static class StartupErrors
{
    /// <summary>Null when <paramref name="error"/> is about something else.</summary>
    public static string? Describe(Exception error)
    {
        string[] failures = [.. Failures(error).Distinct()]; // options that are made of others fail with these
        return failures.Length == 0 ? null : string.Join(
            Environment.NewLine,
            failures.Prepend($"Courier cannot start: {failures.Length} of its settings {(failures.Length == 1 ? "is" : "are")} wrong.")
                .Append("In an environment variable the ':' of a key is written '__'. docs/configuration.md lists all settings.")
                .Select(line => "error: " + string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c))));
    }

    private static IEnumerable<string> Failures(Exception error) => error switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException many => many.InnerExceptions.SelectMany(Failures),
        _ => [],
    };
}
