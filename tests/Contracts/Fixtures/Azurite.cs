using System.Diagnostics;
using System.Globalization;

namespace Courier.Contracts;

/// <summary>
/// The storage emulator that tools/azurite pins, as a child process on free ports of its own. A fixture's emulator keeps everything in
/// memory; <see cref="WithDataFolder"/> makes one whose content outlives <see cref="StopAsync"/> and <see cref="StartAsync"/>.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";

    /// <summary>The emulator's one key, public and the same everywhere: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite.</summary>
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Runs the script that follows it, and ends it in good order when its input ends: also when the tests' process dies.</summary>
    private const string Launcher = "process.stdin.resume().on('end', () => process.emit('SIGINT') || process.exit()); require(process.argv[1])";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string? _dataFolder;
    private Process? _process;
    private int _blobPort;
    private int _queuePort;
    private int _tablePort;

    public Azurite()
    {
    }

    private Azurite(string dataFolder) => _dataFolder = dataFolder;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={Address(_blobPort)};QueueEndpoint={Address(_queuePort)};";

    public static Azurite WithDataFolder() => new(Directory.CreateTempSubdirectory("courier-azurite-").FullName);

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts the emulator and waits until it answers. The first start finds free ports, later ones take the same again.</summary>
    public async Task StartAsync()
    {
        using CancellationTokenSource deadline = new(s_patience);
        _process = Launch();
        Task<string> errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _blobPort = await PortAsync("Blob", errors, deadline.Token);
        _queuePort = await PortAsync("Queue", errors, deadline.Token);
        _tablePort = await PortAsync("Table", errors, deadline.Token);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // a full pipe would stop the emulator

        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        foreach (int port in (int[])[_blobPort, _queuePort])
            (await http.GetAsync(Address(port), deadline.Token)).Dispose(); // any answer will do
    }

    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        using (process)
        {
            process.StandardInput.Close();
            using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(10));
            try
            {
                await process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_dataFolder is not null)
            Directory.Delete(_dataFolder, recursive: true);
    }

    private Process Launch()
    {
        string script = Repository.PathOf("tools", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
            throw new InvalidOperationException("The storage emulator is not there: run ./dev test, which installs the storage emulator (npm ci in tools/azurite)");
        string[] content = _dataFolder is null ? ["--inMemoryPersistence"] : ["--location", _dataFolder];
        return Process.Start(new ProcessStartInfo(
            "node",
            ["--max-semi-space-size=64", "-r", Repository.PathOf("tools", "azurite", "quick.js"), "-e", Launcher, "--", script, .. content, "--skipApiVersionCheck", "--disableTelemetry", "--silent",
             "--blobPort", Text(_blobPort), "--queuePort", Text(_queuePort), "--tablePort", Text(_tablePort)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Port 0 lets the system choose; what it chose is what the emulator says.</summary>
    private async Task<int> PortAsync(string service, Task<string> errors, CancellationToken cancellationToken)
    {
        string announcement = $"Azurite {service} service is successfully listening at ";
        while (await _process!.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(announcement, StringComparison.Ordinal))
                return new Uri(line[announcement.Length..]).Port;
        }

        throw new InvalidOperationException($"The storage emulator ended before its {service.ToLowerInvariant()} service was there: {await errors}");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string Address(int port) => $"http://127.0.0.1:{Text(port)}/{Account}";
}
