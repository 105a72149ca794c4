using System.CommandLine;
using Courier.Cli.Checking;
using Courier.Cli.Output;
using Courier.Operations;
using Courier.Operations.Accounting;
using Spectre.Console;

namespace Courier.Cli.Commands;

/// <summary><c>courier check</c>: where everything is that was accepted.</summary>
internal static class CheckCommand
{
    private const int ShownIds = 50;

    private const string Help = """
        Where everything is that was accepted: done, dead, waiting, or missing, which is named. Exit code 1 when something is missing.

        Without --ids those are asked for that left something in the time span: dead letters, bodies in blobs, pages of lists, batches, large and
        redriven requests, and the first 32 messages of each queue. With --ids those of a file: one id a line, or one JSON object with an "id" a
        line, as 'courier send --file' takes it; of what that posted, its journal says which lines.

        A result that was taken off its queue leaves nothing that Courier could see, unless it had a body in a blob, was a page after the first, or
        its request names a batch. So let requests name a batch, or give the ids of the results that were taken with --received. A queue shows 32
        messages only: what its other messages may be is 'unseen', and missing is what they cannot be. An id that nobody names and that left nothing, nobody can miss.

        Examples:
          courier check --ids @requests.jsonl
          courier check --ids @requests.jsonl --received @received.txt --output json
          courier check --since today
        """;

    public static Command Create()
    {
        Option<string?> since = new("--since") { Description = "Those that left something since then: " + Moments.Form + " ago.", HelpName = "moment" };
        Option<string?> until = new("--until") { Description = "And before then.", HelpName = "moment" };
        Option<string?> ids = new("--ids") { Description = "These instead: @file, or - for standard input.", HelpName = "@file" };
        Option<string?> received = new("--received") { Description = "Ids of results that were taken off the queue: @file, or - for standard input.", HelpName = "@file" };
        Option<OutputFormat> output = Formats.Option(OutputFormat.Table, OutputFormat.Json);
        Command command = new("check", Help.ReplaceLineEndings("\n")) { since, until, ids, received, output };
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            (DateTimeOffset? from, DateTimeOffset? to) = (Moments.Parse(parse.GetValue(since), "--since", session.Time.GetUtcNow(), -1), Moments.Parse(parse.GetValue(until), "--until", session.Time.GetUtcNow(), -1));
            if (parse.GetValue(ids) is not null && (from ?? to) is not null)
                throw new CliException("--ids names what is asked for: leave --since and --until out.", ExitCode.Usage);
            IdFile? named = parse.GetValue(ids) is { } word ? await IdFile.ReadAsync(word, cancelled) : null;
            IdFile? taken = parse.GetValue(received) is { } other ? await IdFile.ReadAsync(other, cancelled) : null;
            Traces traces = (await session.Get<TraceReader>().ReadAsync(cancelled)).With(taken?.Ids ?? []);
            Account account = Account.Of(named is null ? traces.Ids(from, to) : traces.WithPages(named.Ids), traces);
            WriteDoubts(named);
            if (account.Accepted == 0)
                throw new CliException("Nothing is known that was accepted.", ExitCode.NothingMatched);
            if (parse.GetValue(output) == OutputFormat.Json)
                JsonLines.Write(account, OperationsJson.Format.Account);
            else
                Write(account);
            return account.Missing.Count > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void WriteDoubts(IdFile? named)
    {
        foreach ((int first, int last) in named?.InDoubt ?? [])
            Console.Error.WriteLine($"warning: lines {first} to {last} were under way when 'courier send' was killed. Whether they arrived nobody can tell; they are not counted.");
        if (named?.Nameless > 0)
            Console.Error.WriteLine($"warning: {Words.Count(named.Nameless)} lines name no id: Courier made one for each, and they cannot be looked for.");
    }

    private static void Write(Account account)
    {
        Table table = Terminal.Table("", "");
        table.HideHeaders();
        foreach ((string name, string value) in Rows(account))
            table.AddRow($"[bold]{name}[/]", value);
        Terminal.Write(table);
        foreach (string id in account.Missing.Take(ShownIds))
            Terminal.Line($"missing: {Terminal.Safe(id)}");
        if (account.Missing.Count > ShownIds)
            Terminal.Line($"and {Words.Count(account.Missing.Count - ShownIds)} more: --output json names all.");
    }

    private static IEnumerable<(string Name, string Value)> Rows(Account account)
    {
        yield return ("accepted", Words.Count(account.Accepted));
        yield return ("done", Words.Count(account.Done));
        yield return ("dead", Words.Count(account.Dead));
        yield return ("waiting", Words.Count(account.Waiting));
        if (account.Unseen > 0)
            yield return ("unseen", $"{Words.Count(account.Unseen)}, no more than there are messages behind those that the queues show: ask again when the queues are empty");
        yield return ("missing", $"{Words.Count(account.Missing.Count)}{(account.MayBeQueued > 0 ? $", of which {Words.Count(account.MayBeQueued)} at the most are on a queue" : "")}");
    }
}
