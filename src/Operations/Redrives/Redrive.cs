using System.Globalization;
using System.Runtime.CompilerServices;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Overview;

namespace Courier.Operations.Redrives;

/// <summary>
/// Sends dead letters back: a canary first, then five, twenty-five …, each batch when the one before is settled, none larger than the quota
/// lets through in a few minutes. The first that comes back for the reason it had before stops it.
/// </summary>
public sealed class Redrive(DeadLetterBook book, RedriveStore store, RedriveSteps steps, QuotaOutlook outlook, AuditLog audit)
{
    /// <summary>What matches now, in the order in which it would be sent.</summary>
    public async Task<RedrivePlan> PlanAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        List<string> blobs = await book.ListAsync(filter, cancellationToken).Select(letter => letter.Blob).ToListAsync(cancellationToken);
        return new RedrivePlan(filter.ToString(), blobs, await outlook.ForecastAsync(blobs.Count, cancellationToken));
    }

    /// <summary>Freezes the set, and notes who did it. Nothing is sent before <see cref="RunAsync"/>.</summary>
    public async Task<RedriveRun> BeginAsync(RedrivePlan plan, Operator who, bool isAllAtOnce, CancellationToken cancellationToken)
    {
        DateTimeOffset now = outlook.Now;
        string id = string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss}-{Guid.NewGuid().ToString("N")[..6]}");
        RedriveRun run = new(id, now, who.Name, who.Why, plan.What, plan.Blobs, isAllAtOnce);
        await store.BeginAsync(run, new RedriveProgress(id, RedriveState.Running, plan.Blobs.Count), cancellationToken);
        await audit.WriteAsync(who, "redrive", plan.What, plan.Blobs.Count, cancellationToken);
        return run;
    }

    /// <summary>
    /// Sends, and tells of each step. Begun again after it was killed, it goes on where it was; what was sent and not noted is sent once more,
    /// and is called once all the same.
    /// </summary>
    public async IAsyncEnumerable<RedriveProgress> RunAsync(RedriveRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RedriveProgress progress = (await store.ProgressAsync(run.Id, cancellationToken) ?? new RedriveProgress(run.Id, RedriveState.Running, run.Blobs.Count)) with { BatchSize = 1 };
        while (progress.State == RedriveState.Running)
        {
            if (progress.Next < progress.Total && await store.IsCancelledAsync(run.Id, cancellationToken))
                progress = progress with { State = RedriveState.Cancelled };
            else if (progress.Next >= progress.Total)
                progress = progress with { State = RedriveState.Finished };
            if (progress.State == RedriveState.Running)
            {
                (progress, IReadOnlyList<SentLetter> sent) = await steps.SendAsync(run, progress, cancellationToken);
                await store.SaveAsync(progress, cancellationToken);
                yield return progress;
                await foreach (RedriveProgress step in steps.WatchAsync(run, progress, sent, cancellationToken))
                {
                    progress = step;
                    yield return progress;
                }

                progress = progress with { NewlySkipped = [], BatchSize = await steps.NextSizeAsync(run, progress, cancellationToken) };
            }

            await store.SaveAsync(progress, cancellationToken);
        }

        yield return progress;
    }

    /// <summary>Whoever runs it stops before it sends more.</summary>
    /// <returns>False when there is no such run.</returns>
    public async Task<bool> CancelAsync(string id, Operator who, CancellationToken cancellationToken)
    {
        if (await store.ProgressAsync(id, cancellationToken) is not { } progress)
            return false;
        await store.CancelAsync(id, cancellationToken);
        await audit.WriteAsync(who, "cancel-redrive", id, progress.Total - progress.Next, cancellationToken);
        return true;
    }
}
