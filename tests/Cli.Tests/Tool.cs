using System.Diagnostics;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary><c>courier</c> as a process.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Courier.Cli.dll");

    public static Task<Ended> RunAsync(string? connection, params string[] words) => RunAsync(connection, null, words);

    public static async Task<Ended> RunAsync(string? connection, string? input, string[] words)
    {
        using Process process = Start(connection, words);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    public static Process Start(string? connection, params string[] words) => Start(connection, "dotnet", [Path, .. words]);

    /// <summary>On a terminal, as script(1) makes one.</summary>
    public static async Task<Ended> RunOnTerminalAsync(string connection, string input, params string[] words)
    {
        using Process process = Start(connection, "script", ["-qec", $"dotnet {Path} {string.Join(' ', words)}", "/dev/null"]);
        await process.StandardInput.WriteAsync(input);
        return await EndAsync(process); // its input stays open: the terminal would end with it
    }

    public static async Task<Ended> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource deadline = new(s_patience);
        await process.WaitForExitAsync(deadline.Token);
        return new Ended(process.ExitCode, await output, await error);
    }

    private static Process Start(string? connection, string program, string[] words)
    {
        ProcessStartInfo start = new(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        if (connection is not null)
            start.Environment["AzureWebJobsStorage"] = connection;
        start.Environment["TERM"] = "xterm-256color";
        return Process.Start(start)!;
    }
}
