using Microsoft.Extensions.Options;

namespace Courier.Configuration;

/// <summary>Tells wrong settings apart from other failures at start, and says all of them in one message for the person who set them.</summary>
public static class StartupErrors
{
    /// <summary>Null when <paramref name="error"/> is about something else.</summary>
    public static string? Describe(Exception error)
    {
        List<string> failures = [.. Failures(error)];
        return failures.Count == 0 ? null : $"""
            Courier cannot start: {failures.Count} of its settings {(failures.Count == 1 ? "is" : "are")} wrong.
            {string.Join(Environment.NewLine, failures.Select(failure => "  - " + failure))}
            In an environment variable the ':' of a key is written '__'. README.md lists all settings.
            """;
    }

    private static IEnumerable<string> Failures(Exception error) => error switch
    {
        OptionsValidationException invalid => invalid.Failures,
        AggregateException many => many.InnerExceptions.SelectMany(Failures),
        _ => [],
    };
}
