using System.Diagnostics;
using System.Text.Json;
using Courier.Cli.Commands;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;

namespace Courier.Cli.Redriving;

/// <summary>Lets the operator mend the request of one dead letter before it is sent back.</summary>
internal sealed class EditedRedrive(DeadLetterBook book, RedriveSender sender, AuditLog audit)
{
    private static readonly JsonWriterOptions s_readable = new() { Indented = true };

    public async Task<int> RunAsync(DeadLetterFilter filter, Operator who, CancellationToken cancellationToken)
    {
        List<DeadLetterRecord> records = await book.ReadAsync(filter, cancellationToken).Take(2).ToListAsync(cancellationToken);
        if (records is not [var record])
            throw records.Count == 0 ? DeadLetterText.NothingMatched() : new CliException("--edit is for one dead letter: name its id.", ExitCode.Usage);
        JsonElement request = Parse(await EditAsync(record, cancellationToken));
        if (await sender.SendAsync(record, request, "edit", cancellationToken) is Operations.Redrives.Sending.Skipped skipped)
            throw new CliException($"Not sent: {skipped.Letter.Why}");
        await audit.WriteAsync(who, "redrive-edited", record.Id, 1, cancellationToken);
        Terminal.Line($"Sent. {Terminal.Safe(record.Id)} keeps its record until the new outcome stands.");
        return ExitCode.Done;
    }

    private static async Task<string> EditAsync(DeadLetterRecord record, CancellationToken cancellationToken)
    {
        string editor = Environment.GetEnvironmentVariable("VISUAL") ?? Environment.GetEnvironmentVariable("EDITOR") ?? throw new CliException("--edit needs an editor: set EDITOR.", ExitCode.Usage);
        string file = Path.Combine(Directory.CreateTempSubdirectory("courier-").FullName, "request.json");
        try
        {
            await using (FileStream content = File.Create(file))
            await using (Utf8JsonWriter json = new(content, s_readable))
                record.Request.WriteTo(json);
            string[] words = editor.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            using Process process = Process.Start(words[0], [.. words[1..], file]);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? await File.ReadAllTextAsync(file, cancellationToken) : throw new CliException($"The editor ended with exit code {process.ExitCode}: nothing was sent.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CliException($"The editor '{editor}' cannot be started ({e.Message}): set EDITOR.", ExitCode.Usage);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw new CliException($"What was edited is no JSON: {e.Message}");
        }
    }
}
