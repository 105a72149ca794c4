using System.CommandLine;
using Courier.Cli.Output;
using Courier.Page.Serving;

namespace Courier.Cli.Commands;

/// <summary><c>courier page</c>: the page, for any account.</summary>
internal static class PageCommand
{
    public static Command Create()
    {
        Option<ushort> port = new("--port") { Description = "On this machine only; 0 for any that is free.", DefaultValueFactory = _ => PageOptions.UsualPort, HelpName = "number" };
        Option<bool> readOnly = new("--read-only") { Description = "Show everything, and let nothing be done." };
        Command command = new("page", "Serves the page in a browser on this machine until Ctrl-C.\n\nExample:\n  courier page --account mystorage --read-only") { port, readOnly };
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            PageOptions options = new() { Port = parse.GetValue(port), IsReadOnly = parse.GetValue(readOnly) };
            await using PageServer page = await OpenAsync(session, options, cancelled);
            Terminal.Line($"The page: {page.Address} (Ctrl-C ends it)");
            await Task.Delay(Timeout.InfiniteTimeSpan, session.Time, cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<PageServer> OpenAsync(Session session, PageOptions options, CancellationToken cancelled)
    {
        try
        {
            return await PageServer.StartAsync(session.Get<IServiceProvider>(), options, cancelled);
        }
        catch (IOException)
        {
            throw new CliException($"Port {options.Port} is taken: name another with --port, or 0 for any.", ExitCode.Failed);
        }
    }
}
