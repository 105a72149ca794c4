using System.Diagnostics;
using System.Net.Sockets;

namespace Courier.LocalHost.Surroundings;

/// <summary>The storage emulator (Azurite) on its usual ports: found running, or started for as long as this process lives.</summary>
internal sealed class StorageEmulator : IDisposable
{
    public const string Connection = "UseDevelopmentStorage=true";

    private const int BlobPort = 10000;
    private const int QueuePort = 10001;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process? _process;

    private StorageEmulator(Process? process) => _process = process;

    public bool WasStarted => _process is not null;

    public static async Task<StorageEmulator> EnsureAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (await AnswersAsync(cancellationToken))
            return new StorageEmulator(null);

        StorageEmulator emulator = new(Start());
        long start = time.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (emulator._process!.HasExited || time.GetElapsedTime(start) > s_patience)
            {
                emulator.Dispose();
                throw new SurroundingsException("The storage emulator did not start; its messages stand above. Without it: ./dev run --storage memory");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }

        return emulator;
    }

    /// <summary>The emulator ends when its standard input closes, so it goes with this process even when that is killed.</summary>
    public void Dispose()
    {
        _process?.StandardInput.Close();
        _process?.Dispose();
    }

    private static Process Start()
    {
        string tools = Path.Combine(Repository.Root.FullName, "tools", "azurite");
        if (!Directory.Exists(Path.Combine(tools, "node_modules")))
            throw new SurroundingsException($"The storage emulator is not installed: run npm ci in {tools} (./dev run does), or use --storage memory.");
        ProcessStartInfo start = new("node") { WorkingDirectory = tools, RedirectStandardInput = true };
        foreach (string argument in (ReadOnlySpan<string>)["start.js", "--location", Path.Combine(Repository.Root.FullName, ".azurite")])
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SurroundingsException("Node.js was not found; the storage emulator needs version 20 or later. Without it: ./dev run --storage memory");
        }
    }

    private static async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        await AnswersAsync(BlobPort, cancellationToken) && await AnswersAsync(QueuePort, cancellationToken);

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
