using System.Text.Json;
using Courier.Cli.Commands;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;
using Courier.Writing;

namespace Courier.Cli.Redriving;

/// <summary>Lets the operator mend the request of one dead letter before it is sent back. What was written in vain is kept.</summary>
internal sealed class EditedRedrive(DeadLetterBook book, RedriveSender sender, AuditLog audit)
{
    private const int LongestProblem = 1000;

    private static readonly JsonWriterOptions s_readable = new() { Indented = true };

    public async Task<int> RunAsync(DeadLetterFilter filter, Operator who, CancellationToken cancellationToken)
    {
        List<DeadLetterRecord> records = await book.ReadAsync(filter, cancellationToken).Take(2).ToListAsync(cancellationToken);
        if (records is not [var record])
            throw records.Count == 0 ? DeadLetterText.NothingMatched() : new CliException("--edit is for one dead letter: name its id.", ExitCode.Usage);
        string folder = Directory.CreateTempSubdirectory("courier-").FullName;
        string file = Path.Combine(folder, "request.json");
        string? problem = null;
        try
        {
            await WriteAsync(record.Request, file, cancellationToken);
            problem = await EditAsync(record, file, cancellationToken);
        }
        finally
        {
            if (problem is null)
                Directory.Delete(folder, recursive: true);
        }

        if (problem is not null)
            throw new CliException($"Not sent: {problem} What you wrote is kept in {file}.");
        await audit.WriteAsync(who, "redrive-edited", record.Id, 1, cancellationToken);
        Terminal.Line($"Sent. {Terminal.Safe(record.Id)} keeps its record until the new outcome stands.");
        return ExitCode.Done;
    }

    /// <summary>Until it is sent, or the operator gives up.</summary>
    /// <returns>Why it was not sent; null when it was.</returns>
    private async Task<string?> EditAsync(DeadLetterRecord record, string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Editor.OpenAsync(file, cancellationToken);
            string text = await File.ReadAllTextAsync(file, cancellationToken);
            if (await SendAsync(record, text, cancellationToken) is not { } problem)
                return null;
            if (!Terminal.IsInteractive || !Terminal.Confirm($"Not sent: {BoundedText.Of(problem, LongestProblem)} Edit it again?"))
                return problem;
        }
    }

    private async Task<string?> SendAsync(DeadLetterRecord record, string text, CancellationToken cancellationToken)
    {
        JsonElement request;
        try
        {
            request = JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            return $"What was edited is no JSON ({e.Message.TrimEnd('.')}).";
        }

        if (JsonElement.DeepEquals(request, record.Request))
            throw new CliException("Nothing was changed, and nothing was sent: leave --edit out to send it as it is.");
        return await sender.SendAsync(record, request, "edit", cancellationToken) is Operations.Redrives.Sending.Skipped skipped ? skipped.Letter.Why : null;
    }

    private static async Task WriteAsync(JsonElement request, string file, CancellationToken cancellationToken)
    {
        await using FileStream content = File.Create(file);
        await using Utf8JsonWriter json = new(content, s_readable);
        request.WriteTo(json);
        await json.FlushAsync(cancellationToken);
    }
}
