using Courier.WorkerHost;

namespace Courier.Chaos;

/// <summary>The published worker behind the small host, which starts another one each time.</summary>
internal sealed class WorkerVictim(HostedWorker host) : Victim
{
    public const string Name = "worker";

    public override IEnumerable<string> Written => host.Journal.Lines.Select(line => line.Message);

    public override int FailedStarts => host.Journal.Starts - 1 - Kills.Count;

    public override string Client => Name;

    public static async Task<WorkerVictim> StartAsync(string appFolder, IReadOnlyDictionary<string, string> settings) => new(await HostedWorker.StartAsync(
        new HostedWorkerOptions { AppFolder = appFolder, MaxFailedStarts = int.MaxValue, Settings = new Dictionary<string, string>(settings) { ["Api__Headers__Idempotency-Key"] = Name } }, new WorkerJournal(), CancellationToken.None));

    public override Task ReadyAsync() => host.WorkerProcessIdAsync(CancellationToken.None);

    public override Task StopAsync() => host.StopAsync(CancellationToken.None);

    public override ValueTask DisposeAsync() => host.DisposeAsync();

    protected override Task SigKillAsync() => host.KillWorkerAsync(CancellationToken.None);
}
