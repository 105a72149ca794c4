using System.Globalization;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Schedules;

/// <summary>An occurrence of a schedule that is to be run now.</summary>
/// <param name="After">The occurrence that was run before; those in between were missed.</param>
/// <param name="Before">How often it was begun before, and never ended.</param>
public sealed record ScheduledRun(Schedule Schedule, DateTimeOffset Tick, DateTimeOffset After, int Before = 0)
{
    /// <summary>As often as a queue delivers a message.</summary>
    private const int Most = 5;

    /// <summary>Each of its runs died or failed: it is made a dead letter, without a call.</summary>
    public bool IsGivenUp => Before >= Most;

    /// <summary>The same whenever the tick is run again.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Schedule.Name}-{Tick.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>The request as if it had been posted at its tick.</summary>
    public QueuedMessage Message => new(Id, EnvelopeWriter.Write(Schedule.Request with { Id = Id }), Tick, 1);
}
