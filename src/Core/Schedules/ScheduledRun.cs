using System.Globalization;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Schedules;

/// <summary>An occurrence of a schedule that is to be run now.</summary>
/// <param name="After">The occurrence that was run before; those in between were missed.</param>
public sealed record ScheduledRun(Schedule Schedule, DateTimeOffset Tick, DateTimeOffset After)
{
    /// <summary>The same whenever the tick is run again.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Schedule.Name}-{Tick.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>The request as if it had been posted at its tick.</summary>
    public QueuedMessage Message => new(Id, EnvelopeWriter.Write(Schedule.Request with { Id = Id }), Tick, 1);
}
