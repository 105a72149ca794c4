using System.Globalization;
using Courier.LocalHost.Examples;

namespace Courier.LocalHost;

/// <summary>The command line of <c>./dev run</c> and <c>./dev send</c>.</summary>
public sealed record Arguments
{
    public const string Usage = """
        ./dev run [--host local|worker] [--storage <connection>|memory] [--api <url>] [--no-demo] [--port <n>]
        ./dev run --example portfolio [--storage <connection>|memory]
        ./dev send <json|@file> [--storage <connection>]

          --host      local: everything in this process; worker: publishes src/Functions and runs that, as a Functions host would
          --storage   a storage account's connection string; without it, the emulator on this machine (started if nothing answers);
                      memory: no emulator, nothing outlives the process
          --api       the API's address; without it (and without Api__BaseUrl) a simulated API is started
          --no-demo   post no sample requests
          --example   show one thing instead of the samples, on the simulated API, then end
                      portfolio: a schedule lists a portfolio of 1,200 companies in 24 pages
          --port      the page's; 7170 unless another run has it, 0 for no page
        """;

    private static readonly string[] s_examples = [PortfolioExample.Name];

    public string? Storage { get; init; }

    public Uri? Api { get; init; }

    public HostKind Host { get; init; }

    public bool Demo { get; init; } = true;

    /// <summary>What to show instead of the demo.</summary>
    public string? Example { get; init; }

    /// <summary>What to send; null for a run.</summary>
    public string? Message { get; init; }

    /// <summary>The page's port; 0 for no page, null for the usual one, or another if that is taken.</summary>
    public int? Port { get; init; }

    public bool Help { get; init; }

    public bool StorageIsMemory => Storage == "memory";

    /// <exception cref="FormatException">Its message says what is wrong.</exception>
    public static Arguments Parse(IReadOnlyList<string> words)
    {
        Arguments arguments = new();
        bool isSend = words is ["send", ..];
        for (int i = isSend ? 1 : 0; i < words.Count; i++)
        {
            arguments = words[i] switch
            {
                "--storage" => arguments with { Storage = Value(words, ref i) },
                "--api" => arguments with { Api = Address(Value(words, ref i)) },
                "--host" => arguments with { Host = KnownHost(Value(words, ref i)) },
                "--no-demo" => arguments with { Demo = false },
                "--example" => arguments with { Example = KnownExample(Value(words, ref i)), Demo = false },
                "--help" or "-h" => arguments with { Help = true },
                "--port" => arguments with { Port = KnownPort(Value(words, ref i)) },
                { } word when isSend && arguments.Message is null => arguments with { Message = word },
                { } word => throw new FormatException($"'{word}' is not an option."),
            };
        }

        return arguments switch
        {
            { Help: false, Message: null } when isSend => throw new FormatException("send needs a message: JSON, or @ and the name of a file."),
            { Help: false, StorageIsMemory: true } when isSend => throw new FormatException("--storage is 'memory': send has to reach another process; name a storage account, or leave it out for the emulator."),
            { Host: HostKind.Worker, StorageIsMemory: true } => throw new FormatException("--storage is 'memory': the worker is another process; name a storage account, or leave it out for the emulator."),
            { Host: HostKind.Worker, Example: not null } => throw new FormatException("--example runs on the local host: leave out --host worker."),
            { Example: not null, Api: not null } => throw new FormatException("--example runs on the simulated API: leave out --api."),
            _ => arguments,
        };
    }

    private static string Value(IReadOnlyList<string> words, ref int i) =>
        ++i < words.Count ? words[i] : throw new FormatException($"{words[i - 1]} needs a value.");

    private static string KnownExample(string name) => s_examples.Contains(name)
        ? name
        : throw new FormatException($"--example is '{name}': it must be one of {string.Join(", ", s_examples)}.");

    private static HostKind KnownHost(string name) => name switch
    {
        "local" => HostKind.Local,
        "worker" => HostKind.Worker,
        _ => throw new FormatException($"--host is '{name}': it must be local or worker."),
    };

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
        ? address
        : throw new FormatException($"--api is '{text}': it must be an address like https://api.example.com.");

    private static int KnownPort(string text) => ushort.TryParse(text, CultureInfo.InvariantCulture, out ushort port)
        ? port
        : throw new FormatException($"--port is '{text}': it must be a number from 0 to 65535.");
}
