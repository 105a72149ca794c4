using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Courier.Cli.Tests;

/// <summary><c>courier</c> as a process.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, string> s_nothing = [];

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Courier.Cli.dll");

    public static Task<Ended> RunAsync(string? connection, params string[] words) => RunAsync(connection, (string?)null, words);

    public static async Task<Ended> RunAsync(string? connection, string? input, string[] words)
    {
        using Process process = Start(connection, words);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    public static async Task<Ended> RunAsync(string? connection, Dictionary<string, string> environment, params string[] words)
    {
        using Process process = Start(connection, environment, "dotnet", [Path, .. words]);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    public static Process Start(string? connection, params string[] words) => Start(connection, s_nothing, "dotnet", [Path, .. words]);

    public static Task<Ended> RunOnTerminalAsync(string connection, string shown, string typed, params string[] words) =>
        RunOnTerminalAsync(connection, s_nothing, shown, typed, words);

    /// <summary>On a terminal, as script(1) makes one. Its input stays open: the terminal would end with it. No shell stays in between: dash would end by an interrupt itself.</summary>
    /// <param name="shown">When this is on the terminal …</param>
    /// <param name="typed">… this is typed.</param>
    public static async Task<Ended> RunOnTerminalAsync(string connection, Dictionary<string, string> environment, string shown, string typed, params string[] words)
    {
        using Process process = Start(connection, environment, "script", ["-qec", $"exec dotnet {Path} {string.Join(' ', words)}", "/dev/null"]);
        StringBuilder seen = new();
        char[] some = new char[1024];
        using CancellationTokenSource deadline = new(s_patience);
        while (!seen.ToString().Contains(shown, StringComparison.Ordinal) && await process.StandardOutput.ReadAsync(some, deadline.Token) is > 0 and var count)
            seen.Append(some, 0, count);
        await process.StandardInput.WriteAsync(typed);
        Task<Ended> end = EndAsync(process);
        // An end of input that is typed before anything reads is forgotten when the terminal's mode changes: so it is typed until it is heard.
        while (typed == AskingTests.EndOfInput && await Task.WhenAny(end, Task.Delay(s_again, TimeProvider.System, CancellationToken.None)) != end)
            await process.StandardInput.WriteAsync(typed);
        Ended ended = await end;
        return ended with { Output = seen + ended.Output };
    }

    public static async Task<Ended> InterruptAsync(Process process)
    {
        using Process interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await EndAsync(process);
    }

    public static async Task<Ended> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource deadline = new(s_patience);
        await process.WaitForExitAsync(deadline.Token);
        return new Ended(process.ExitCode, await output, await error);
    }

    private static Process Start(string? connection, Dictionary<string, string> environment, string program, string[] words)
    {
        // Whoever runs the tests in the background ignores interrupts, and so would what they start.
        (program, words) = OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT", program, .. words]) : (program, words);
        ProcessStartInfo start = new(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal) || name.StartsWith("AZURE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        if (connection is not null)
            start.Environment["AzureWebJobsStorage"] = connection;
        start.Environment["TERM"] = "xterm-256color";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
