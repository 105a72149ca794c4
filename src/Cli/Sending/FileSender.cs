using System.Text;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Processing;

namespace Courier.Cli.Sending;

/// <summary>
/// Posts a file of requests, in its order and a few at a time. A journal beside it says how far it has come: interrupted, it goes on there. Of
/// a run that was killed at most one step is in doubt: those lines are told and not posted again.
/// </summary>
internal sealed class FileSender(RequestQueue queue, EnvelopeReader reader, TimeProvider time)
{
    private const int Step = 16;
    private const int ShownProblems = 10;

    private static readonly TimeSpan s_told = TimeSpan.FromSeconds(1);

    public async Task<int> SendAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new CliException($"The file '{file}' was not found.", ExitCode.Usage);
        int total = Check(file);
        using SendJournal journal = SendJournal.Open(file);
        if (journal.InDoubt is { } doubt)
            Console.Error.WriteLine($"warning: lines {doubt.First} to {doubt.Last} were under way when an earlier run was killed. Whether they arrived nobody can tell; they are not posted again.");
        if (journal.Done > 0)
            Terminal.Line($"{Words.Count(journal.Done)} of {Words.Count(total)} lines are done already.");
        long begun = time.GetTimestamp();
        int before = journal.Done;
        long told = begun;
        foreach (string[] lines in File.ReadLines(file).Skip(journal.Done).Chunk(Step))
        {
            if (cancellationToken.IsCancellationRequested)
                throw new CliException($"Interrupted after {journal.Done} of {total} lines: the same command goes on there.", ExitCode.Interrupted);
            journal.Begin(lines.Length);
            // Seen through, so that nothing is in doubt afterwards.
            await Task.WhenAll(lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => queue.PostAsync(Encoding.UTF8.GetBytes(line), time.GetUtcNow(), CancellationToken.None)));
            journal.End();
            if (!Terminal.IsPiped && time.GetElapsedTime(told) > s_told)
            {
                told = time.GetTimestamp();
                Console.Write($"\r{Bar(journal.Done, total)} {Words.Count(journal.Done)} of {Words.Count(total)}, {Rate(journal.Done - before, begun)} a second ");
            }
        }

        if (!Terminal.IsPiped)
            Console.Write("\r");
        Terminal.Line($"{Words.Count(journal.Done - before)} lines posted{(before > 0 ? $", {Words.Count(total)} with those before" : "")}, {Rate(journal.Done - before, begun)} a second.");
        return journal.InDoubt is null ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>All lines are checked before the first is posted.</summary>
    private int Check(string file)
    {
        int count = 0, wrong = 0;
        StringBuilder problems = new();
        foreach (string line in File.ReadLines(file))
        {
            count++;
            if (string.IsNullOrWhiteSpace(line) || reader.Problems(Encoding.UTF8.GetBytes(line), time.GetUtcNow()) is not { Count: > 0 } found)
                continue;
            if (++wrong <= ShownProblems)
                problems.Append(' ').Append(System.Globalization.CultureInfo.InvariantCulture, $"Line {count}: {string.Join(' ', found)}");
        }

        return wrong == 0 ? count : throw new CliException($"{wrong} of {count} lines are no requests, and nothing was posted.{problems}", ExitCode.Usage);
    }

    private static string Bar(int done, int total) => $"[{new string('#', 20 * done / Math.Max(1, total)),-20}]";

    private string Rate(int count, long begun) => Words.Count((long)(count / Math.Max(0.001, time.GetElapsedTime(begun).TotalSeconds)));
}
