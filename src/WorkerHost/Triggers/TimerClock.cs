using Courier.WorkerHost.Protocol;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace Courier.WorkerHost.Triggers;

/// <summary>
/// Runs each timer function when it is due, one run of it at a time. Unlike the Functions host's timers it keeps no account of missed runs and
/// shares no lock with other hosts.
/// </summary>
internal sealed class TimerClock(Invoker invoker, TimeProvider time, WorkerJournal journal)
{
    /// <summary>What the Timer extension makes of its TimerInfo when a timer is not late and not watched.</summary>
    private static readonly TypedData s_info = new() { Json = """{"scheduleStatus":null,"isPastDue":false}""" };

    public Task RunAsync(IEnumerable<WorkerFunction.Timer> timers, CancellationToken stopping) =>
        Task.WhenAll(timers.Select(timer => RunAsync(timer, stopping)));

    public Task FireAsync(WorkerFunction.Timer timer, CancellationToken cancellationToken) => invoker.InvokeAsync(timer, s_info.Clone(), cancellationToken);

    private async Task RunAsync(WorkerFunction.Timer timer, CancellationToken stopping)
    {
        CrontabSchedule schedule = CrontabSchedule.Parse(timer.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        try
        {
            while (true)
            {
                DateTimeOffset next = new(schedule.GetNextOccurrence(time.GetUtcNow().UtcDateTime), TimeSpan.Zero);
                for (TimeSpan wait = next - time.GetUtcNow(); wait > TimeSpan.Zero; wait = next - time.GetUtcNow())
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, stopping);
                await RunOnceAsync(timer, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task RunOnceAsync(WorkerFunction.Timer timer, CancellationToken stopping)
    {
        try
        {
            await FireAsync(timer, stopping);
        }
        catch (WorkerFailedException e)
        {
            journal.Say(LogLevel.Error, $"The timer {timer.Name} failed; it runs again when it is due. {e.Message}");
        }
    }
}
