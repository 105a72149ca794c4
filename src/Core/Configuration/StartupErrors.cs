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
        IReadOnlyList<string> failures = Failures(error);
        return failures.Count == 0 ? null : string.Join(
            Environment.NewLine,
            failures.Prepend($"Courier cannot start: {failures.Count} of its settings {(failures.Count == 1 ? "is" : "are")} wrong.")
                .Append("In an environment variable the ':' of a key is written '__'. docs/configuration.md lists all settings.")
                .Select(line => "error: " + string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c))));
    }

    /// <summary>A sentence for each setting that is wrong; none when <paramref name="error"/> is about something else.</summary>
    public static IReadOnlyList<string> Failures(Exception error) => [.. All(error).Distinct()]; // options that are made of others fail with these

    private static IEnumerable<string> All(Exception error) => error switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException many => many.InnerExceptions.SelectMany(All),
        _ => [],
    };
}
