using System.CommandLine;
using System.Text;
using Courier.Cli.Output;
using Courier.Messages;

namespace Courier.Cli.Commands;

/// <summary><c>courier validate</c>: what Courier would say of a message.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        Argument<string> message = new("message") { Description = "JSON, @file, or - for standard input." };
        Command command = new("validate", "Says what is wrong with a message, all of it at once, without posting it.\n\nExample:\n  courier validate @message.json") { message };
        command.SetAction(async (parse, cancelled) =>
        {
            byte[] text = Encoding.UTF8.GetBytes(await Input.ReadAsync(parse.GetValue(message)!, cancelled));
            using Session session = Session.Open(parse);
            IReadOnlyList<string> problems = session.Get<EnvelopeReader>().Problems(text, session.Time.GetUtcNow());
            foreach (string problem in problems)
                Terminal.Line(Terminal.Safe(problem, 2000));
            if (problems.Count == 0)
                Terminal.Line("It is a request that Courier would call.");
            return problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
