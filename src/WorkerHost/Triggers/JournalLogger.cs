using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost.Triggers;

/// <summary>What the listener logs goes into the journal.</summary>
internal sealed class JournalLogger(WorkerJournal journal) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(journal, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(WorkerJournal journal, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                journal.Add(new LogLine(LogSource.Host, logLevel, category, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}"));
        }
    }
}
