using System.Text;
using Courier.ApiSimulator;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Chaos;

/// <summary>Posts the plan's requests evenly over its time, and never more than the emulator bears: its queues slow down with their length.</summary>
internal sealed class Post(CourierStorage storage, SimulatedApi api, Plan plan)
{
    private const int MostWaiting = 300;
    private const int AtOnce = 8;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly RequestQueue _queue = new(storage, new Persistence(TimeProvider.System, NullLogger<Persistence>.Instance));
    private readonly List<string> _accepted = [];

    /// <summary>What was posted, in its order.</summary>
    public IReadOnlyList<string> Accepted => _accepted;

    public async Task RunAsync()
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (_accepted.Count < plan.Requests && TimeProvider.System.GetElapsedTime(begun) < plan.Longest)
        {
            double part = TimeProvider.System.GetElapsedTime(begun) / (plan.Trouble * 0.9);
            int due = Math.Min(plan.Requests, (int)(plan.Requests * part) + 1) - _accepted.Count;
            int room = MostWaiting - await storage.Requests.CountAsync(CancellationToken.None);
            await PostAsync(Math.Min(due, room));
            await Task.Delay(s_look, TimeProvider.System);
        }
    }

    private async Task PostAsync(int count)
    {
        string[] ids = [.. Enumerable.Range(_accepted.Count, Math.Max(0, count)).Select(Mix.Id)];
        foreach (string id in ids)
        {
            if (Mix.RowOf(id) is { Fault.Times: not null } row)
                api.Script(row.FaultFor(id)!);
        }

        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (id, cancellationToken) =>
            await _queue.PostAsync(Encoding.UTF8.GetBytes(Mix.RowOf(id).Message(id)), TimeProvider.System.GetUtcNow(), cancellationToken));
        _accepted.AddRange(ids);
    }
}
