using System.Globalization;

namespace Courier.ApiSimulator;

public sealed record SimulatorOptions
{
    public const string Usage =
        "Options: --port <0-65535> --key <text> --quota-limit <calls> --quota-window <seconds or hh:mm:ss> --companies <count>";

    /// <summary>Port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The one key that is accepted, in <c>Authorization: Token &lt;key&gt;</c>.</summary>
    public string Key { get; init; } = "simulated-key-0000000000000000";

    public int QuotaLimit { get; init; } = 5000;

    /// <summary>The rolling window of the quota; a demo may compress it to seconds.</summary>
    public TimeSpan QuotaWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Companies in the portfolio <c>abc</c> at the start.</summary>
    public int Companies { get; init; } = 120;

    /// <summary>The request log keeps this many of the latest requests.</summary>
    public int MaxLoggedRequests { get; init; } = 20_000;

    /// <exception cref="FormatException">Its message says which argument is wrong and what is allowed.</exception>
    public static SimulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        SimulatorOptions options = new();
        for (int i = 0; i < arguments.Count; i += 2)
            options = options.With(arguments[i], arguments.ElementAtOrDefault(i + 1));

        return options;
    }

    private SimulatorOptions With(string name, string? value) => name switch
    {
        "--port" => this with { Port = Whole(name, value, 0, 65_535) },
        "--key" => this with { Key = string.IsNullOrWhiteSpace(value) ? throw new FormatException("--key needs a text.") : value },
        "--quota-limit" => this with { QuotaLimit = Whole(name, value, 1, 10_000_000) },
        "--quota-window" => this with { QuotaWindow = Duration(name, value) },
        "--companies" => this with { Companies = Whole(name, value, 0, 100_000) },
        _ => throw new FormatException($"{name} is not an option."),
    };

    private static int Whole(string name, string? value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} needs a whole number from {least} to {most}, not \"{value}\".");

    private static TimeSpan Duration(string name, string? value) =>
        TimeSpan.TryParseExact(value, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out TimeSpan duration) && duration > TimeSpan.Zero
            ? duration
            : TimeSpan.FromSeconds(Whole(name, value, 1, 86_400));
}
