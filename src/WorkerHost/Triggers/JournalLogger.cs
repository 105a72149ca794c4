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
            string text = formatter(state, exception) ?? ""; // the SDK's events that are meant for metrics have none
            if (IsEnabled(logLevel) && (text.Length > 0 || exception is not null))
                journal.Add(new LogLine(LogSource.Host, logLevel, category, exception is null ? text : $"{text}\n{exception}"));
        }
    }
}
