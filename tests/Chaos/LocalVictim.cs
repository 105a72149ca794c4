using System.Globalization;

namespace Courier.Chaos;

/// <summary>The local host, one process after the other.</summary>
internal sealed class LocalVictim(string storage, Uri api, IReadOnlyDictionary<string, string> settings) : Victim
{
    private readonly List<string> _written = [];
    private CourierProcess? _process;
    private int _lives;

    public override IEnumerable<string> Written => _process is null ? _written : [.. _written, _process.Output];

    public override string Client => string.Create(CultureInfo.InvariantCulture, $"local-{_lives}");

    public override int FailedStarts => _lives - 1 - Kills.Count;

    public void Start()
    {
        _lives++;
        _process = CourierProcess.Start(
            ["--storage", storage, "--api", api.ToString(), "--no-demo", "--port", "0"], new Dictionary<string, string>(settings) { ["Api__Headers__Idempotency-Key"] = Client });
    }

    /// <summary>What ended by itself is started again, as whoever runs it would.</summary>
    public override async Task ReadyAsync()
    {
        if (_process!.HasExited)
        {
            await EndAsync();
            Start();
        }

        await _process!.Begun;
    }

    public override async Task StopAsync()
    {
        if (!_process!.HasExited)
            await _process.InterruptAsync();
        await EndAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    protected override async Task SigKillAsync()
    {
        await _process!.KillAsync();
        await EndAsync();
        Start();
    }

    private async Task EndAsync()
    {
        _written.Add(_process!.Output);
        await _process.DisposeAsync();
        _process = null;
    }
}
