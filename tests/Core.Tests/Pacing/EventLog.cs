using Microsoft.Extensions.Logging;

namespace Courier.Tests.Pacing;

/// <summary>Keeps the names of the events that are logged.</summary>
internal sealed class EventLog<T> : ILogger<T>
{
    public List<string?> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Events.Add(eventId.Name);
}
