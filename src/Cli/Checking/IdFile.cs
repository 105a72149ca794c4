using System.Text.Json;
using Courier.Cli.Sending;

namespace Courier.Cli.Checking;

/// <summary>
/// The ids that a file names: one a line, or a request or result a line, as JSON with an <c>id</c>. Of a file that <c>courier send --file</c>
/// posted, only the lines that its journal counts as posted.
/// </summary>
/// <param name="Nameless">Lines that are JSON without an id: Courier made one, and nobody here knows it.</param>
/// <param name="InDoubt">Lines of a run that was killed: they may have been posted, so they are not counted as accepted.</param>
internal sealed record IdFile(IReadOnlyList<string> Ids, int Nameless, IReadOnlyList<(int First, int Last)> InDoubt)
{
    /// <param name="word"><c>@file</c>, <c>-</c> for standard input, or ids with line breaks between them.</param>
    public static async Task<IdFile> ReadAsync(string word, CancellationToken cancellationToken)
    {
        string[] lines = (await Input.ReadAsync(word, cancellationToken)).Split('\n', StringSplitOptions.TrimEntries);
        SentLines? sent = word.StartsWith('@') ? SendJournal.Read(word[1..]) : null;
        List<string> ids = [];
        int nameless = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || sent?.IsPosted(i + 1) == false)
                continue;
            if (IdOf(lines[i]) is { } id)
                ids.Add(id);
            else
                nameless++;
        }

        return new IdFile(ids, nameless, sent?.InDoubt ?? []);
    }

    private static string? IdOf(string line)
    {
        if (line[0] != '{')
            return line;
        try
        {
            return JsonElement.Parse(line).TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        catch (JsonException e)
        {
            throw new CliException($"A line begins like JSON and is none ({e.Message}): write an id, or an object with an 'id', on each line.", ExitCode.Usage);
        }
    }
}
