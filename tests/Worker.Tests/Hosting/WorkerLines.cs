using Courier.WorkerHost;
using Microsoft.Extensions.Logging;

namespace Courier.Worker.Tests.Hosting;

/// <summary>What the worker logged, as the Functions host would treat it.</summary>
internal sealed class WorkerLines(WorkerJournal journal)
{
    private readonly LogLine[] _lines = [.. journal.Lines.Where(line => line.Source == LogSource.Worker)];

    /// <summary>Lines of the app that an operator needs and the host drops: they belong to no running invocation. What is told later, within one, is not lost.</summary>
    public IReadOnlyList<LogLine> LostOnTheHost =>
    [
        .. _lines.Where(line => line is { InvocationId: null, IsSystem: false } && IsNeeded(line)
            && !_lines.Any(later => later.InvocationId is not null && later.Message.StartsWith(line.Message, StringComparison.Ordinal))),
    ];

    public IReadOnlyList<LogLine> Starting(string text) => [.. _lines.Where(line => line.Message.StartsWith(text, StringComparison.Ordinal))];

    private static bool IsNeeded(LogLine line) => line.Category.StartsWith("Courier.", StringComparison.Ordinal) || line.Level >= LogLevel.Warning;
}
