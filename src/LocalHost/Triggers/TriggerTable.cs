using Courier.Processing;
using Courier.Schedules;
using Courier.Watch;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.LocalHost.Triggers;

/// <summary>The triggers of the Functions app. A test holds this table against what the published worker says of itself.</summary>
public static class TriggerTable
{
    public const string RunSchedules = nameof(RunSchedules);

    public static IReadOnlyList<LocalTrigger> Triggers { get; } =
    [
        new LocalTrigger.Queue("CapturePoison", "%PoisonQueue%", GivesUp: false, storage => storage.Poison, services => services.GetRequiredService<PoisonCapture>().CaptureAsync),
        new LocalTrigger.Queue("ProcessRequest", "%RequestQueue%", GivesUp: true, storage => storage.Requests, services => services.GetRequiredService<RequestProcessor>().ProcessAsync),
        new LocalTrigger.Timer(RunSchedules, services => services.GetRequiredService<ScheduleRunner>().RunAsync),
        new LocalTrigger.Timer("WatchHealth", services => services.GetRequiredService<HealthWatch>().RunAsync),
    ];
}
