using System.Runtime.CompilerServices;
using Courier.Operations.Overview;

namespace Courier.Operations.Redrives;

/// <summary>The two steps of a redrive: send a batch, and see what becomes of it.</summary>
public sealed class RedriveSteps(RedriveSender sender, RedriveWatch watch, RedriveStore store, QuotaOutlook outlook, TimeProvider time)
{
    private const int SentAtOnce = 16;
    private const int GrowsBy = 5;
    private const int AllAtOnce = 500;

    /// <summary>No batch is larger than what the quota lets through in five minutes: other requests wait so much longer at the most.</summary>
    private const int BatchesAnHour = 12;

    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestLook = TimeSpan.FromSeconds(20);

    public async Task<(RedriveProgress Progress, IReadOnlyList<SentLetter> Sent)> SendAsync(RedriveRun run, RedriveProgress progress, CancellationToken cancellationToken)
    {
        int size = run.IsAllAtOnce ? AllAtOnce : progress.BatchSize;
        List<Sending> sendings = await run.Blobs.Skip(progress.Next).Take(size).ToAsyncEnumerable()
            .SelectAsync(blob => sender.SendAsync(blob, run.Id, cancellationToken), SentAtOnce, cancellationToken).ToListAsync(cancellationToken);
        SentLetter[] sent = [.. sendings.OfType<Sending.Sent>().Select(sending => sending.Letter)];
        SkippedLetter[] skipped = [.. sendings.OfType<Sending.Skipped>().Select(sending => sending.Letter)];
        return (progress with
        {
            Next = progress.Next + sendings.Count,
            Sent = progress.Sent + sent.Length,
            Skipped = progress.Skipped + skipped.Length,
            NewlySkipped = skipped,
        }, sent);
    }

    /// <summary>Until all are settled, one came back as before, or the run is cancelled.</summary>
    public async IAsyncEnumerable<RedriveProgress> WatchAsync(
        RedriveRun run, RedriveProgress progress, IReadOnlyList<SentLetter> sent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (run.IsAllAtOnce)
            yield break;
        progress = progress with { NewlySkipped = [] };
        TimeSpan pause = s_firstLook;
        while (sent.Count > 0 && progress.State == RedriveState.Running)
        {
            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 1.5 < s_longestLook ? pause * 1.5 : s_longestLook;
            IReadOnlyList<Settling> settled = await watch.LookAsync(sent, cancellationToken);
            RedriveProgress next = After(progress, sent, settled);
            if (next.State == RedriveState.Running && await store.IsCancelledAsync(run.Id, cancellationToken))
                next = next with { State = RedriveState.Cancelled };
            sent = [.. sent.Where((_, i) => settled[i] is Settling.Waiting)];
            if (next != progress)
                yield return next;
            progress = next;
        }
    }

    /// <summary>After the canary, or a batch, the next is five times as large.</summary>
    public async Task<int> NextSizeAsync(RedriveRun run, RedriveProgress progress, CancellationToken cancellationToken) => run.IsAllAtOnce
        ? AllAtOnce
        : Math.Min(progress.BatchSize * GrowsBy, Math.Max(GrowsBy, (await outlook.ForecastAsync(0, cancellationToken)).CallsPerHour / BatchesAnHour));

    private static RedriveProgress After(RedriveProgress progress, IReadOnlyList<SentLetter> sent, IReadOnlyList<Settling> settled)
    {
        ReturnedLetter[] returned = [.. settled.OfType<Settling.Returned>().Select(each => each.Letter)];
        ReturnedLetter? same = sent.Zip(settled).Where(pair => pair.Second is Settling.Returned letter && pair.First.IsSame(letter.Letter))
            .Select(pair => ((Settling.Returned)pair.Second).Letter).FirstOrDefault();
        return progress with
        {
            Done = progress.Done + settled.Count(each => each is Settling.Done),
            Returned = progress.Returned + returned.Length,
            State = same is null ? progress.State : RedriveState.Stopped,
            StoppedBy = same,
        };
    }
}
