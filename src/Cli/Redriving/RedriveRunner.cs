using Courier.Cli.Commands;
using Courier.Cli.Output;
using Courier.Operations;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;

namespace Courier.Cli.Redriving;

/// <summary>Asks, runs a redrive, and tells how it goes.</summary>
internal sealed class RedriveRunner(Redrive redrive, RedriveStore store)
{
    public async Task<int> RunAsync(DeadLetterFilter filter, Operator who, bool isAgreed, bool isAllAtOnce, CancellationToken cancellationToken)
    {
        RedrivePlan plan = await redrive.PlanAsync(filter, cancellationToken);
        if (plan.Blobs.Count == 0)
            throw DeadLetterText.NothingMatched();
        Terminal.Line($"{Words.Count(plan.Blobs.Count, "dead letter")} match{(plan.Blobs.Count == 1 ? "es" : "")}. Redriven now, all are done {End(plan)}.");
        if (await store.UnfinishedAsync(cancellationToken) is { } unfinished)
            Terminal.Line($"The redrive {Terminal.Safe(unfinished.Run)} did not come to its end ({Words.Count(unfinished.Next)} of {Words.Count(unfinished.Total)}); --resume goes on with it.");
        if (!isAgreed && !Terminal.Confirm($"Send {Words.Count(plan.Blobs.Count)} back?"))
            throw new CliException("Nothing was sent.");
        return await RunAsync(await redrive.BeginAsync(plan, who, isAllAtOnce, cancellationToken), cancellationToken);
    }

    public async Task<int> ResumeAsync(string? run, CancellationToken cancellationToken)
    {
        string id = run ?? (await store.UnfinishedAsync(cancellationToken))?.Run ?? throw new CliException("There is no redrive to go on with.", ExitCode.NothingMatched);
        return await store.FindAsync(id, cancellationToken) is { } found
            ? await RunAsync(found, cancellationToken)
            : throw new CliException($"There is no redrive '{id}'.", ExitCode.NothingMatched);
    }

    public async Task<int> CancelAsync(string run, Operator who, CancellationToken cancellationToken)
    {
        if (!await redrive.CancelAsync(run, who, cancellationToken))
            throw new CliException($"There is no redrive '{run}'.", ExitCode.NothingMatched);
        Terminal.Line("Cancelled: no more is sent. What was sent already is called; 'courier cancel <id>' stops single ones.");
        return ExitCode.Done;
    }

    private async Task<int> RunAsync(RedriveRun run, CancellationToken cancellationToken)
    {
        Terminal.Line($"Redrive {Terminal.Safe(run.Id)}: {Words.Count(run.Blobs.Count, "dead letter")}.");
        RedriveProgress last = new(run.Id, RedriveState.Running, run.Blobs.Count);
        try
        {
            await foreach (RedriveProgress progress in redrive.RunAsync(run, cancellationToken))
            {
                foreach (SkippedLetter skipped in progress.NewlySkipped)
                    Terminal.Line($"skipped {Terminal.Safe(skipped.Id)}: {Terminal.Safe(skipped.Why, 600)}");
                if (Counts(progress) != Counts(last))
                    Terminal.Line(Counts(progress));
                last = progress;
            }
        }
        catch (OperationCanceledException)
        {
            throw new CliException($"Interrupted: 'courier dead-letters redrive --resume {run.Id}' goes on.", ExitCode.Interrupted);
        }

        return Tell(run, last);
    }

    private static int Tell(RedriveRun run, RedriveProgress last)
    {
        int left = last.Total - last.Next;
        switch (last)
        {
            case { State: RedriveState.Stopped, StoppedBy: { } by }:
                Terminal.Line($"[yellow]Stopped[/]: {Terminal.Safe(by.Id)} came back as {Terminal.Safe(by.Reason)} again. {Terminal.Safe(by.Cause, 1000)} {Words.Count(left)} were not sent.");
                foreach (string remedy in by.Remedies)
                    Terminal.Line("  - " + Terminal.Safe(remedy, 1000));
                return ExitCode.Stopped;
            case { State: RedriveState.Cancelled }:
                Terminal.Line($"[yellow]Cancelled[/]: {Words.Count(left)} were not sent.");
                return ExitCode.Stopped;
            default:
                Terminal.Line(run.IsAllAtOnce ? $"{Words.Count(last.Sent)} sent, {Words.Count(last.Skipped)} skipped; 'courier status' shows when they are through." : "Done.");
                return ExitCode.Done;
        }
    }

    private static string Counts(RedriveProgress progress) =>
        $"{Words.Count(progress.Sent)} sent: {Words.Count(progress.Done)} done, {Words.Count(progress.Returned)} dead again, {Words.Count(progress.Waiting)} waiting; {Words.Count(progress.Skipped)} skipped, {Words.Count(progress.Total - progress.Next)} to come";

    private static string End(RedrivePlan plan) => plan.Forecast.ClearsAt is { } at ? "at " + Words.Moment(at) : "when the key is replaced: the API refuses the present one";
}
