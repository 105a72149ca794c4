using Courier.Processing;
using Microsoft.Extensions.Logging;

namespace Courier.Schedules;

/// <summary>Runs the schedules that are due: claim, process, done. A request that has to wait goes to the queue, like any other.</summary>
public sealed partial class ScheduleRunner(ScheduleClaims claims, RequestProcessor processor, PoisonCapture capture, TimeProvider time, ILogger<ScheduleRunner> logger)
{
    /// <summary>After this nothing more is begun: the next minute's timer goes on, and the host ends a function after five.</summary>
    private static readonly TimeSpan s_longestPass = TimeSpan.FromMinutes(1);

    /// <summary>Throws only when claiming fails, or when cancelled. A run that fails is told in the log, and comes back when its claim is too old.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow(); // for the whole pass, so that no schedule is due twice in it
        IReadOnlyList<ScheduledRun> runs;
        do
        {
            runs = await claims.TakeAsync(now, cancellationToken);
            await Task.WhenAll(runs.Select(run => RunAsync(run, cancellationToken)));
        }
        while (runs.Count == SchedulePolicy.AtOnce && time.GetUtcNow() - now < s_longestPass);
    }

    private async Task RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        Log.Started(logger, run.Schedule.Name, run.Id, run.Tick, run.After);
        try
        {
            if (run.IsGivenUp)
                await capture.CaptureAsync(run.Message, cancellationToken);
            else
                await processor.ProcessAsync(run.Message, cancellationToken);
            await claims.DoneAsync(run, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e, run.Schedule.Name, run.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(31, LogLevel.Information, "schedule.started {Schedule} {Id}: due {Tick:u}, the first since {After:u}", EventName = "schedule.started")]
        public static partial void Started(ILogger logger, string schedule, string id, DateTimeOffset tick, DateTimeOffset after);

        [LoggerMessage(32, LogLevel.Error, "schedule.failed {Schedule} {Id}: it is run again, under the same id, in ten minutes", EventName = "schedule.failed")]
        public static partial void Failed(ILogger logger, Exception exception, string schedule, string id);
    }
}
