using System.CommandLine;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations.Orders;
using Courier.Orders;

namespace Courier.Cli.Commands;

/// <summary><c>courier pause</c>, <c>resume</c> and <c>cancel</c>.</summary>
internal static class OrderCommands
{
    public static Command Pause()
    {
        Option<string?> why = OperatorOptions.Why();
        Command command = new("pause", "Lets all instances call nothing, within 15 seconds. Requests wait, and use neither attempts nor quota.\n\nExample:\n  courier pause --reason-text \"the vendor works on it until six\"") { why };
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            PauseOrder pause = await session.Get<OrderDesk>().PauseAsync(OperatorOptions.Who(parse.GetValue(why)), cancelled);
            Terminal.Line($"Paused since {Words.Moment(pause.Since)} by {Terminal.Safe(pause.By)}. Every instance obeys within 15 seconds; 'courier resume' ends it.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Resume()
    {
        Option<string?> why = OperatorOptions.Why();
        Command command = new("resume", "Ends a pause. New requests are called within 15 seconds; what was put back in the meantime comes up by itself, within half as long as the pause has lasted, 15 minutes at the most.") { why };
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            PauseOrder? pause = await session.Get<OrderDesk>().ResumeAsync(OperatorOptions.Who(parse.GetValue(why)), cancelled);
            if (pause is null)
                throw new CliException("Nothing is paused.", ExitCode.NothingMatched);
            Terminal.Line($"Resumed after {Words.Span(session.Time.GetUtcNow() - pause.Since)}.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Cancel()
    {
        Option<string?> why = OperatorOptions.Why();
        Argument<string[]> ids = new("id") { Description = "Of the requests.", Arity = ArgumentArity.OneOrMore };
        Command command = new("cancel", "A waiting request is not called any more: it becomes a dead letter 'cancelled' when it next comes up.\n\nExample:\n  courier cancel order-4711 order-4712") { ids, why };
        command.SetAction(async (parse, cancelled) =>
        {
            string[] all = parse.GetValue(ids)!;
            if (all.FirstOrDefault(id => !RequestIdentity.IsValidOrPage(id)) is { } wrong)
                throw new CliException($"'{wrong}' is no id of a request: it has 1 to 128 characters out of A-Z a-z 0-9 . _ - .", ExitCode.Usage);
            using Session session = Session.Open(parse);
            if (!await session.Get<OrderDesk>().CancelAsync(all, OperatorOptions.Who(parse.GetValue(why)), cancelled))
                throw new CliException($"Too many cancellations stand already ({OrderBook.MostCancelled} at the most, for 30 days each): pause, and purge or redrive instead.");
            Terminal.Line($"{Words.Count(all.Length)} cancelled: each becomes a dead letter when it next comes up. A request that is done already stays done.");
            return ExitCode.Done;
        });
        return command;
    }
}
