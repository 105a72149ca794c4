using System.Collections.Concurrent;
using System.Text;
using Courier.ApiSimulator;
using Courier.LocalHost.Worker;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.Hosting;

namespace Courier.LocalHost.Demo;

/// <summary>Posts sample requests that show every row of the outcome table, then an outage that opens the circuit.</summary>
internal sealed class DemoRun(CourierStorage storage, SimulatedApi api, TimeProvider time) : BackgroundService, ISettledObserver
{
    /// <summary>After so many calls that the open circuit refused, the API recovers.</summary>
    private const int RefusalsToShow = 10;

    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _settled = new(0);
    private readonly TaskCompletionSource _circuitShown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOutage; // on a busy machine the samples before may open the circuit too
    private int _circuitOpen;
    private int _completed;
    private int _deadLettered;

    public void OnSettled(Settled settled) => Observe(new SettledLine(settled.Id, settled.Call?.Result.Outcome ?? "not-called", settled.Disposition.Name));

    /// <summary>What became of a message, as the log tells it.</summary>
    public void Observe(SettledLine settled)
    {
        if (_isOutage && settled.Outcome == "circuit-open" && Interlocked.Increment(ref _circuitOpen) == RefusalsToShow)
            _circuitShown.TrySetResult();
        if (settled.Disposition == "reschedule" || !_open.TryRemove(settled.Id, out _))
            return;
        Interlocked.Increment(ref settled.Disposition == "complete" ? ref _completed : ref _deadLettered);
        _settled.Release();
    }

    public override void Dispose()
    {
        _settled.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string run = time.GetUtcNow().ToString("HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        foreach (Fault fault in DemoRequests.Faults)
            api.Script(fault);
        await PostAsync(DemoRequests.EachOutcome(run, time.GetUtcNow()), stoppingToken);
        await SettledAsync(stoppingToken);

        Console.WriteLine("\n--- now the API fails for everybody: the circuit opens, and requests wait without using attempts ---\n");
        foreach (Fault fault in DemoRequests.Outage)
            api.Script(fault);
        _isOutage = true;
        await PostAsync(DemoRequests.DuringOutage(run), stoppingToken);
        await _circuitShown.Task.WaitAsync(stoppingToken);
        api.ClearFaults();
        await SettledAsync(stoppingToken);

        Console.WriteLine($$"""

            All samples are settled: {{_completed}} completed, {{_deadLettered}} dead letters. Their results are on the queue {{storage.Results.Name}},
            the dead letters on {{storage.DeadLetters.Name}} and in the container {{storage.DeadLetterRecords.Name}}. Courier stays up (Ctrl-C ends it); post one of your own:
              ./dev send '{"method":"GET","path":"/companies/example.com"}'

            """);
    }

    private async Task PostAsync(IEnumerable<DemoRequest> requests, CancellationToken cancellationToken)
    {
        foreach (DemoRequest request in requests)
        {
            foreach (string id in request.Ids)
                _open[id] = true;
            IMessageQueue queue = request.IsPoison ? storage.Poison : storage.Requests;
            await queue.SendAsync(Encoding.UTF8.GetBytes(request.Message), TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task SettledAsync(CancellationToken cancellationToken)
    {
        while (!_open.IsEmpty)
            await _settled.WaitAsync(cancellationToken);
    }
}
