using Courier.Schedules;
using Microsoft.Azure.Functions.Worker;

namespace Courier.Functions;

/// <summary>Each minute the requests that are due by the clock become API calls.</summary>
public sealed class RunSchedules(ScheduleRunner runner)
{
    [Function(nameof(RunSchedules))]
    public Task RunAsync([TimerTrigger("0 * * * * *", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        runner.RunAsync(cancellationToken);
}
