using Courier.Messages;
using Microsoft.Extensions.Options;

namespace Courier.Schedules;

/// <summary>The schedules of the settings.</summary>
public sealed class ScheduleBook(IOptions<ScheduleOptions> options, EnvelopeReader reader)
{
    public IReadOnlyList<Schedule> Schedules { get; } = [.. options.Value.Schedules.Select(setting =>
        new Schedule(setting.Name, new CronExpression(setting.Cron, setting.Zone!), ((Reading.Request)reader.Read(setting.Message)).Envelope.Request))];

    /// <summary>When a call was expected last, by any schedule, whether or not it was there already; null when there are none.</summary>
    public DateTimeOffset? LastDue(DateTimeOffset now) => Schedules.Max(schedule => schedule.Cron.Latest(now - CronExpression.LongestPause, now));
}
