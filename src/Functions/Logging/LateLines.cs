using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Courier.Functions.Logging;

/// <summary>
/// Keeps the lines that are written outside an invocation, by background loops, until the next invocation tells them: the Functions host
/// drops every line that belongs to no running invocation, the Critical ones too. Ours from Information on, others from Warning on.
/// </summary>
public sealed class LateLines(TimeProvider time) : ILoggerProvider
{
    /// <summary>So many lines are kept; older ones go first, and how many went is told.</summary>
    public const int Capacity = 500;

    private static readonly AsyncLocal<Invocation?> s_current = new();

    [ThreadStatic]
    private static bool t_isTelling;

    private readonly ConcurrentQueue<LateLine> _kept = new();
    private int _lost;

    /// <summary>Whether this thread writes kept lines just now: to whom they were not lost, they are known.</summary>
    public static bool AreTold => t_isTelling;

    /// <summary>An invocation begins here; it ends when the returned object is disposed of, also for what it started and left running.</summary>
    public static IDisposable Enter() => s_current.Value = new Invocation();

    /// <summary>Writes the kept lines, each to the logger of its category. Call it within an invocation.</summary>
    public void Tell(ILoggerFactory loggers)
    {
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            loggers.CreateLogger<LateLines>().LogWarning("{Lost} lines written outside an invocation were too many to keep, and are lost", lost);
        t_isTelling = true;
        try
        {
            while (_kept.TryDequeue(out LateLine? line))
                line.Tell(loggers.CreateLogger(line.Category));
        }
        finally
        {
            t_isTelling = false;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(
        this, categoryName, categoryName.StartsWith("Courier.", StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning);

    public void Dispose()
    {
    }

    private void Keep(LateLine line)
    {
        _kept.Enqueue(line);
        if (_kept.Count > Capacity && _kept.TryDequeue(out _))
            Interlocked.Increment(ref _lost);
    }

    private sealed class Invocation : IDisposable
    {
        public bool HasEnded { get; private set; }

        public void Dispose() => HasEnded = true;
    }

    private sealed class Logger(LateLines lines, string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None && s_current.Value is null or { HasEnded: true };

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Keep(new LateLine(category, logLevel, eventId, formatter(state, exception), exception, lines.Now));
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
