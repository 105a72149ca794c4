using System.CommandLine;
using Courier.Cli.Output;
using Courier.Cli.Redriving;
using Courier.Operations;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;

namespace Courier.Cli.Commands;

/// <summary><c>courier dead-letters redrive</c>.</summary>
internal static class RedriveCommand
{
    private const string Description = """
        Sends dead letters back to the request queue, each as it was received and with its history. The set is frozen when you say yes. One goes
        first; when it has succeeded 5, then 25, 125 …, within the quota. The first that comes back for the reason it had before stops the rest.
        Killed, it can be begun again: nothing is lost, and nothing is called twice.

        Examples:
          courier dead-letters redrive order-4711
          courier dead-letters redrive --reason unauthorized --since today
          courier dead-letters redrive order-4711 --edit
          courier dead-letters redrive --resume
        """;

    public static Command Create()
    {
        FilterOptions filter = new();
        Argument<string[]> ids = new("id") { Description = "Of the requests.", Arity = ArgumentArity.ZeroOrMore };
        (Option<bool> yes, Option<string?> why) = (OperatorOptions.Yes(), OperatorOptions.Why());
        Option<bool> all = new("--all") { Description = "All dead letters, where no filter is given." };
        Option<bool> allAtOnce = new("--all-at-once") { Description = "No canary, no batches, no looking what becomes of them." };
        Option<bool> edit = new("--edit") { Description = "Opens the one request in $EDITOR first." };
        Option<string?> cancel = new("--cancel") { Description = "Stops a redrive, whoever runs it.", HelpName = "run" };
        Option<string?> resume = new("--resume") { Description = "Goes on with a redrive that was killed; the latest, where none is named.", HelpName = "run", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("redrive", Description) { ids, yes, why, all, allAtOnce, edit, cancel, resume };
        filter.AddTo(command);
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            Operator who = OperatorOptions.Who(parse.GetValue(why));
            DeadLetterFilter meant = filter.Read(parse, session.Time.GetUtcNow(), parse.GetValue(ids));
            RedriveRunner runner = new(session.Get<Redrive>(), session.Get<RedriveStore>());
            if (parse.GetValue(cancel) is { } run)
                return await runner.CancelAsync(run, who, cancelled);
            if (parse.GetResult(resume) is not null)
                return await runner.ResumeAsync(parse.GetValue(resume), cancelled);
            if (meant.IsEmpty && !parse.GetValue(all))
                throw new CliException("redrive needs ids, a filter, or --all: 'courier dead-letters redrive --help' has examples.", ExitCode.Usage);
            if (parse.GetValue(edit))
                return await new EditedRedrive(session.Get<DeadLetterBook>(), session.Get<RedriveSender>(), session.Get<Operations.Audit.AuditLog>()).RunAsync(meant, who, cancelled);
            return await runner.RunAsync(meant, who, parse.GetValue(yes), parse.GetValue(allAtOnce), cancelled);
        });
        return command;
    }
}
