using Courier.WorkerHost;

namespace Courier.Worker.Tests.Hosting;

internal static class Journals
{
    /// <summary>All of it, for the message of a test that failed.</summary>
    public static string Text(this WorkerJournal journal) =>
        string.Join('\n', journal.Lines.Select(line => $"{line.Source} {line.Level} [{line.InvocationId}] {line.Category}: {line.Message}"));
}
