using System.CommandLine;
using Courier.Cli.Output;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.Overview;
using Courier.Processing;

namespace Courier.Cli.Commands;

/// <summary><c>courier status</c>.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        Option<bool> watch = new("--watch") { Description = "Again every five seconds, until interrupted." };
        Option<OutputFormat> output = Formats.Option(OutputFormat.Table, OutputFormat.Json);
        Option<string?> batch = new("--batch") { Description = "How many of a batch are done, dead and waiting, instead.", HelpName = "id" };
        Command command = new("status", "How Courier does: what waits, the quota, what is held or paused, when the backlog will be gone. Twelve storage operations.\n\nExamples:\n  courier status --watch\n  courier status --output json\n  courier status --batch night-2026-11-28")
        {
            watch, output, batch,
        };
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            bool isJson = parse.GetValue(output) == OutputFormat.Json;
            do
            {
                if (parse.GetValue(watch))
                    Terminal.Clear();
                if (parse.GetValue(batch) is { } id)
                    await WriteBatchAsync(session, id, isJson, cancelled);
                else
                    await WriteAsync(session, isJson, cancelled);
            }
            while (parse.GetValue(watch) && await PauseAsync(session, cancelled));
            return ExitCode.Done;
        });
        return command;
    }

    /// <returns>False when interrupted: for who watches that is the end.</returns>
    private static async Task<bool> PauseAsync(Session session, CancellationToken cancelled)
    {
        await Task.Delay(s_pause, session.Time, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancelled.IsCancellationRequested;
    }

    private static async Task WriteAsync(Session session, bool isJson, CancellationToken cancelled)
    {
        CourierStatus status = await session.Get<StatusReader>().ReadAsync(cancelled);
        if (isJson)
            JsonLines.Write(status, OperationsJson.Format.CourierStatus);
        else
            StatusText.Write(status);
    }

    private static async Task WriteBatchAsync(Session session, string batch, bool isJson, CancellationToken cancelled)
    {
        if (!RequestIdentity.IsValid(batch))
            throw new CliException($"--batch is '{batch}': it has 1 to 128 characters out of A-Z a-z 0-9 . _ - .", ExitCode.Usage);
        BatchCount count = await session.Get<BatchBook>().CountAsync(batch, cancelled);
        if (count is { Done: 0, Dead: 0, Waiting: 0 })
            throw new CliException($"Courier has seen no request of the batch '{batch}' yet.", ExitCode.NothingMatched);
        if (isJson)
            JsonLines.Write(count, OperationsJson.Format.BatchCount);
        else
            Terminal.Line($"{Words.Count(count.Done)} done, {Words.Count(count.Dead)} dead, {Words.Count(count.Waiting)} waiting");
    }
}
