using System.CommandLine;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.DeadLetters;

namespace Courier.Cli.Commands;

/// <summary><c>courier dead-letters</c>: groups, show and purge; the rest stands in files of its own.</summary>
internal static class DeadLettersCommand
{
    public static Command Create() => new("dead-letters", "What was given up, and what to do about it.") { Groups(), DeadLetterLists.List(), DeadLetterLists.Export(), Show(), RedriveCommand.Create(), Purge() };

    private static Command Groups()
    {
        FilterOptions filter = new();
        Option<OutputFormat> output = Formats.Option(OutputFormat.Table, OutputFormat.Json, OutputFormat.Ndjson, OutputFormat.Csv);
        Command command = new("groups", "By reason, status and kind of path, the largest first, with cause and remedy. A group's name is a filter: --group.\n\nExamples:\n  courier dead-letters groups --since today\n  courier dead-letters redrive --group 'not-found 404 /companies/*'") { output };
        filter.AddTo(command);
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            IReadOnlyList<DeadLetterGroup> groups = await session.Get<DeadLetterBook>().GroupsAsync(filter.Read(parse, session.Time.GetUtcNow()), cancelled);
            await DeadLetterText.WriteAsync(groups, parse.GetValue(output));
            return groups.Count == 0 ? throw DeadLetterText.NothingMatched() : ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = new("id") { Description = "Of the request." };
        Option<OutputFormat> output = Formats.Option(OutputFormat.Table, OutputFormat.Json);
        Command command = new("show", "One dead letter, whole: cause, remedies, attempts, request, response.\n\nExample:\n  courier dead-letters show order-4711") { id, output };
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            DeadLetterRecord record = await session.Get<DeadLetterBook>().FindAsync(parse.GetValue(id)!, cancelled) ?? throw DeadLetterText.NothingMatched();
            if (parse.GetValue(output) == OutputFormat.Json)
                JsonLines.WriteIndented(record, MessageJson.Format.DeadLetterRecord);
            else
                DeadLetterText.Write(record);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Purge()
    {
        FilterOptions filter = new();
        (Option<bool> yes, Option<string?> why) = (OperatorOptions.Yes(), OperatorOptions.Why());
        Command command = new("purge", "Deletes the records that match, for good. Never without a filter.\n\nExample:\n  courier dead-letters purge --reason not-found --until 30d --reason-text \"companies that left\"") { yes, why };
        filter.AddTo(command);
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            DeadLetterFilter meant = filter.Read(parse, session.Time.GetUtcNow());
            if (meant.IsEmpty)
                throw new CliException("purge never deletes all: say which, by --reason, --status, --group, --path, --since, --until, --text or --id.", ExitCode.Usage);
            int count = await session.Get<DeadLetterBook>().ListAsync(meant, cancelled).CountAsync(cancelled);
            if (count == 0)
                throw DeadLetterText.NothingMatched();
            if (!parse.GetValue(yes) && !Terminal.Confirm($"Delete {Words.Count(count, "dead letter")} for good?"))
                throw new CliException("Nothing was deleted.");
            int deleted = await session.Get<DeadLetterPurge>().RunAsync(meant, count, OperatorOptions.Who(parse.GetValue(why)), cancelled);
            Terminal.Line($"{Words.Count(deleted)} deleted.");
            return ExitCode.Done;
        });
        return command;
    }
}
