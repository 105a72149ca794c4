using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost.Worker;

/// <summary>One process of the published worker, started with the arguments and the environment that the Functions host gives it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>The category under which the Functions host shows what a worker writes to its console.</summary>
    private const string ConsoleCategory = "Host.Function.Console";

    /// <summary>128 MiB, the Functions host's own limit.</summary>
    private const int MaxMessageLength = 134_217_728;

    private readonly Process _process;

    private WorkerProcess(Process process, WorkerJournal journal)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Tell(journal, line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Tell(journal, line.Data, isError: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public static WorkerProcess Start(HostedWorkerOptions options, Uri host, string workerId, WorkerJournal journal)
    {
        JsonElement description = JsonElement.Parse(File.ReadAllText(Path.Combine(options.AppFolder, "worker.config.json"))).GetProperty("description");
        ProcessStartInfo start = new(description.GetProperty("defaultExecutablePath").GetString()!, Arguments(description, host, workerId, options.AppFolder))
        {
            WorkingDirectory = options.AppFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in options.Settings)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = options.AppFolder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = options.AppFolder;
        return new WorkerProcess(Process.Start(start)!, journal);
    }

    /// <summary>Ends when the process has, and all that it wrote was read.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>SIGKILL: no drain, no goodbye.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    public void Dispose() => _process.Dispose();

    private static string[] Arguments(JsonElement description, Uri host, string workerId, string appFolder)
    {
        string requestId = Guid.NewGuid().ToString(), length = MaxMessageLength.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string port = host.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return
        [
            Path.Combine(appFolder, description.GetProperty("defaultWorkerPath").GetString()!),
            "--host", host.Host, "--port", port, "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", length,
            "--functions-uri", host.ToString(), "--functions-worker-id", workerId, "--functions-request-id", requestId, "--functions-grpc-max-message-length", length,
        ];
    }

    /// <summary>A line on standard error is an error only when it says so: the Functions host's own rule.</summary>
    private static void Tell(WorkerJournal journal, string? line, bool isError)
    {
        if (string.IsNullOrEmpty(line))
            return;
        bool saysSo = line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("fail", StringComparison.OrdinalIgnoreCase);
        journal.Add(new LogLine(LogSource.Console, isError && saysSo ? LogLevel.Error : LogLevel.Information, ConsoleCategory, line));
    }
}
