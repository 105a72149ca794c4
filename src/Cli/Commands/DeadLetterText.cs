using System.Globalization;
using System.Text.Json;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.DeadLetters;
using Spectre.Console;

namespace Courier.Cli.Commands;

/// <summary>Dead letters as a person reads them.</summary>
internal static class DeadLetterText
{
    private const int LongestBody = 4000;

    /// <summary>Whole, as it is to be copied.</summary>
    private const int LongestName = 600;

    public static CliException NothingMatched() => new("No dead letter matches; 'courier dead-letters groups' shows what there is.", ExitCode.NothingMatched);

    public static async Task WriteAsync(IReadOnlyList<DeadLetterGroup> groups, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table when groups.Count > 0:
                Write(groups);
                break;
            case OutputFormat.Csv:
                Console.Out.WriteLine("count,reason,status,path,first,last,example,cause,remedy,group");
                foreach (DeadLetterGroup group in groups)
                    Console.Out.WriteLine(Csv.Line(group.Count.ToString(CultureInfo.InvariantCulture), group.Reason, Status(group.Status), group.Path, Words.Moment(group.First), Words.Moment(group.Last), group.Example, group.Cause, group.Remedies is [var remedy, ..] ? remedy : null, group.Name));
                break;
            case OutputFormat.Json or OutputFormat.Ndjson:
                await JsonLines.WriteAsync(groups.ToAsyncEnumerable(), OperationsJson.Format.DeadLetterGroup, Console.Out, format == OutputFormat.Json, _ => { });
                break;
        }
    }

    public static void Write(DeadLetterRecord record)
    {
        Terminal.Line($"[bold]{Terminal.Safe(record.Id)}[/]  {Terminal.Safe(record.Reason)} {Status(record.Status)}  {Words.Moment(record.DeadLetteredAt)}, first seen {Words.Moment(record.FirstSeenAt)}");
        foreach (DateTimeOffset before in record.DeadLetteredBefore ?? [])
            Terminal.Line($"redriven; dead before at {Words.Moment(before)}");
        Terminal.Line($"[bold]{Terminal.Safe(record.Title)}[/]: {Terminal.Safe(record.Cause, 2000)}");
        foreach (string remedy in record.Remedies)
            Terminal.Line("  - " + Terminal.Safe(remedy, 1000));
        if (record.ApiMessage is { } said)
            Terminal.Line("The API said: " + Terminal.Safe(said, 1000));
        foreach (CallRecord call in record.Attempts)
            Terminal.Line($"  {Words.Moment(call.At)}  {Terminal.Safe(call.Outcome)} {Status(call.Status)}  {Words.Count(call.DurationMs)} ms");
        Terminal.Line("[bold]Request[/] " + Terminal.Safe(JsonSerializer.Serialize(record.Request, MessageJson.Format.JsonElement), LongestBody));
        if (record.Response?.Body is { } body)
            Terminal.Line("[bold]Response[/] " + Terminal.Safe(body, LongestBody));
        Terminal.Line(Terminal.Safe(record.Redrive));
    }

    private static void Write(IReadOnlyList<DeadLetterGroup> groups)
    {
        Table table = Terminal.Table("count", "group", "last", "cause and first remedy");
        foreach (DeadLetterGroup group in groups)
        {
            table.AddRow(
                Words.Count(group.Count), Terminal.Safe(group.Name, LongestName), Words.Moment(group.Last),
                $"{Terminal.Safe(group.Cause, 400)}{(group.Remedies.Count > 0 ? " [green]" + Terminal.Safe(group.Remedies[0], 400) + "[/]" : "")}");
        }

        Terminal.Write(table);
    }

    private static string Status(int? status) => status?.ToString(CultureInfo.InvariantCulture) ?? "";
}
