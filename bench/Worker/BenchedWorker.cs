using System.Diagnostics;
using System.Globalization;
using System.Text;
using Courier.Storage;
using Courier.WorkerHost;

namespace Courier.Bench.Worker;

/// <summary>A published app on a queue of its own.</summary>
internal sealed class BenchedWorker(string name, IMessageQueue queue, HostedWorker worker, WorkerJournal journal)
{
    private int _round;

    public string Name => name;

    /// <summary>
    /// Messages a second. All become visible at about one moment; the first quarter is run-up. Counted is what the host counts: functions that ended.
    /// </summary>
    public async Task<double> MeasureAsync(int messages, string path)
    {
        _round++;
        int before = journal.Ended;
        long visible = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * 5);
        await Parallel.ForAsync(0, messages, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
        {
            string text = string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{name}}-{{_round}}-{{i}}","method":"GET","path":"{{path}}","reply":false}""");
            TimeSpan wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), visible);
            await queue.SendAsync(Encoding.UTF8.GetBytes(text), wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
        });
        await EndedAsync(before + (messages / 4));
        long start = Stopwatch.GetTimestamp();
        int counted = journal.Ended;
        await EndedAsync(before + messages);
        double rate = (before + messages - counted) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (journal.Runs.Skip(before).FirstOrDefault(run => run.Error is not null) is { } failed)
            throw new InvalidOperationException($"A function failed: the benchmark measured something else. {failed}");
        return rate;
    }

    public async Task StopAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        await worker.DisposeAsync();
    }

    private async Task EndedAsync(int runs)
    {
        while (journal.Ended < runs)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    }
}
