using System.CommandLine;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.DeadLetters;
using Courier.Processing;
using Spectre.Console;

namespace Courier.Cli.Commands;

/// <summary><c>courier dead-letters list</c> and <c>export</c>.</summary>
internal static class DeadLetterLists
{
    private const int OneTable = 50;

    public static Command List()
    {
        FilterOptions filter = new();
        Option<OutputFormat> output = Formats.Option(OutputFormat.Table, OutputFormat.Json, OutputFormat.Ndjson, OutputFormat.Csv);
        Option<int> limit = new("--limit") { Description = "So many at the most; 0 for all.", DefaultValueFactory = _ => 0, HelpName = "number" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError("--limit must not be negative.");
        });
        Command command = new("list", "Dead letters, the oldest day first.\n\nExamples:\n  courier dead-letters list --since today\n  courier dead-letters list --reason not-found --path '/companies/*' --output csv > list.csv") { output, limit };
        filter.AddTo(command);
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            int most = parse.GetValue(limit) is > 0 and var given ? given : int.MaxValue;
            IAsyncEnumerable<DeadLetterSummary> letters = session.Get<DeadLetterBook>().ListAsync(filter.Read(parse, session.Time.GetUtcNow()), cancelled).Take(most);
            int count = 0;
            await (parse.GetValue(output) switch
            {
                OutputFormat.Table => WriteTablesAsync(letters, _ => count++, cancelled),
                OutputFormat.Csv => WriteCsvAsync(letters, _ => count++),
                var format => JsonLines.WriteAsync(letters, OperationsJson.Format.DeadLetterSummary, Console.Out, format == OutputFormat.Json, _ => count++),
            });
            return count == 0 ? throw DeadLetterText.NothingMatched() : ExitCode.Done;
        });
        return command;
    }

    public static Command Export()
    {
        FilterOptions filter = new();
        Option<OutputFormat> output = Formats.Option(OutputFormat.Ndjson, OutputFormat.Json, OutputFormat.Csv);
        Option<string?> to = new("--to") { Description = "The file; standard output without it.", HelpName = "file" };
        Command command = new("export", "Whole records, as JSON lines or one document; as CSV what fits a table.\n\nExample:\n  courier dead-letters export --since 7d --to week.ndjson") { output, to };
        filter.AddTo(command);
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            IAsyncEnumerable<DeadLetterRecord> records = session.Get<DeadLetterBook>().ReadAsync(filter.Read(parse, session.Time.GetUtcNow()), cancelled);
            int count = 0;
            await using TextWriter writer = parse.GetValue(to) is { } file ? new StreamWriter(file) : Console.Out;
            if (parse.GetValue(output) == OutputFormat.Csv)
                await WriteCsvAsync(records, writer, () => count++);
            else
                await JsonLines.WriteAsync(records, MessageJson.Format.DeadLetterRecord, writer, parse.GetValue(output) == OutputFormat.Json, _ => count++);
            return count == 0 ? throw DeadLetterText.NothingMatched() : ExitCode.Done;
        });
        return command;
    }

    /// <summary>A table for each few, so that the first rows come at once and memory stays flat.</summary>
    private static async Task WriteTablesAsync(IAsyncEnumerable<DeadLetterSummary> letters, Action<DeadLetterSummary> count, CancellationToken cancelled)
    {
        bool isFirst = true;
        await foreach (DeadLetterSummary[] some in letters.Chunk(OneTable).WithCancellation(cancelled))
        {
            Table table = Terminal.Table("dead since", "reason", "status", "method", "path", "id");
            table.ShowHeaders = isFirst || !Terminal.IsPiped;
            isFirst = false;
            foreach (DeadLetterSummary letter in some)
            {
                count(letter);
                table.AddRow(
                    Words.Moment(letter.At), Terminal.Safe(letter.Reason), letter.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                    Terminal.Safe(letter.Method, 12), Terminal.Safe(letter.Path, 120), Terminal.Safe(letter.Id));
            }

            Terminal.Write(table);
        }
    }

    private static async Task WriteCsvAsync(IAsyncEnumerable<DeadLetterSummary> letters, Action<DeadLetterSummary> count)
    {
        Console.Out.WriteLine("id,deadLetteredAt,reason,status,method,path,batch");
        await foreach (DeadLetterSummary letter in letters)
        {
            count(letter);
            Console.Out.WriteLine(Csv.Line(letter.Id, Words.Moment(letter.At), letter.Reason, letter.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture), letter.Method, letter.Path, letter.Batch));
        }
    }

    private static async Task WriteCsvAsync(IAsyncEnumerable<DeadLetterRecord> records, TextWriter writer, Action count)
    {
        await writer.WriteLineAsync("id,deadLetteredAt,reason,status,method,path,attempts,cause,apiMessage");
        await foreach (DeadLetterRecord record in records)
        {
            count();
            DeadLetterSummary letter = DeadLetterSummary.Of(record);
            string? status = letter.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await writer.WriteLineAsync(Csv.Line(letter.Id, Words.Moment(letter.At), letter.Reason, status, letter.Method, letter.Path, Words.Count(record.Attempts.Count), record.Cause, record.ApiMessage));
        }
    }
}
