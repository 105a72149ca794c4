using Microsoft.Extensions.Logging;

namespace Courier.Functions.Logging;

/// <summary>A line that was written outside an invocation.</summary>
internal sealed record LateLine(string Category, LogLevel Level, EventId Event, string Text, Exception? Exception, DateTimeOffset At)
{
    public void Tell(ILogger logger) =>
        logger.Log(Level, Event, this, Exception, static (line, _) => $"{line.Text} (written at {line.At:u}, outside an invocation)");
}
