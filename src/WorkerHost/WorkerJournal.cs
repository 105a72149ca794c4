using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost;

/// <summary>All that a host saw of its worker, from the first start on, also when it did not come to a start.</summary>
public sealed class WorkerJournal
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private readonly ConcurrentQueue<FunctionRun> _runs = new();
    private int _starts;
    private int _invocations;

    /// <summary>Is told of each line as it comes, from any thread.</summary>
    public event Action<LogLine>? Logged;

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    /// <summary>The invocations that have ended.</summary>
    public IReadOnlyList<FunctionRun> Runs => [.. _runs];

    /// <summary>How many worker processes were started.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <summary>How many invocations were given to a worker, ended or not.</summary>
    public int Invocations => Volatile.Read(ref _invocations);

    /// <summary>How many invocations have ended.</summary>
    public int Ended => _runs.Count;

    internal void Add(LogLine line)
    {
        _lines.Enqueue(line);
        Logged?.Invoke(line);
    }

    internal void Say(LogLevel level, string message) => Add(new LogLine(LogSource.Host, level, "Host", message));

    internal void Add(FunctionRun run) => _runs.Enqueue(run);

    internal void CountStart() => Interlocked.Increment(ref _starts);

    internal void CountInvocation() => Interlocked.Increment(ref _invocations);
}
