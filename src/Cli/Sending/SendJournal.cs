using System.Globalization;
using System.Security.Cryptography;

namespace Courier.Cli.Sending;

/// <summary>How far a file has been posted: <c>file.sent</c>, a line before and a line after each step. It belongs to the file's very content.</summary>
internal sealed class SendJournal : IDisposable
{
    private const string Ending = ".sent";

    private readonly StreamWriter _writer;
    private int _begun;

    private SendJournal(StreamWriter writer, SentLines sent) =>
        (_writer, Done, _begun, InDoubt) = (writer, sent.Done, sent.Done, sent.InDoubt is [.., var last] && last.Last == sent.Done ? last : null);

    /// <summary>Lines that need no posting any more.</summary>
    public int Done { get; private set; }

    /// <summary>The lines of a step that was begun and not ended.</summary>
    public (int First, int Last)? InDoubt { get; }

    /// <exception cref="CliException">The journal is another content's.</exception>
    public static SendJournal Open(string file)
    {
        string journal = file + Ending;
        string hash = Hash(file);
        (string[] lines, SentLines sent) = Read(journal, hash);
        StreamWriter writer = new(new FileStream(journal, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.WriteThrough)) { AutoFlush = true };
        if (lines.Length == 0)
            writer.WriteLine(hash);
        return new SendJournal(writer, sent);
    }

    /// <summary>What was posted of a file; null when nothing says so.</summary>
    /// <exception cref="CliException">The journal is another content's.</exception>
    public static SentLines? Read(string file) => File.Exists(file + Ending) ? Read(file + Ending, Hash(file)).Sent : null;

    private static (string[] Lines, SentLines Sent) Read(string journal, string hash)
    {
        string[] lines = File.Exists(journal) ? File.ReadAllLines(journal) : [];
        if (lines is [var of, ..] && of != hash)
            throw new CliException($"The file has changed since '{journal}' was written, which says how far it was posted: delete that file to post all lines.", ExitCode.Usage);
        (int done, int begun) = (0, 0);
        List<(int First, int Last)> doubts = [];
        foreach (string[] words in lines.Skip(1).Select(line => line.Split(' ')))
        {
            if (words is not [var step, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                continue;
            if (step == "begun" && begun > done)
                doubts.Add((done + 1, begun)); // of a run that was killed: the next one went on behind them
            (done, begun) = step == "done" ? (count, count) : (Math.Max(done, begun), count);
        }

        if (begun > done)
            doubts.Add((done + 1, begun));
        return (lines, new SentLines(begun, doubts));
    }

    public void Begin(int lines)
    {
        _begun = Done + lines;
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"begun {_begun}"));
    }

    public void End()
    {
        Done = _begun;
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done {Done}"));
    }

    public void Dispose() => _writer.Dispose();

    private static string Hash(string file)
    {
        using FileStream content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
