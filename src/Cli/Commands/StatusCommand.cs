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
            Func<Task<Action>> read = parse.GetValue(batch) is { } id ? () => ReadBatchAsync(session, id, isJson, cancelled) : () => ReadAsync(session, isJson, cancelled);
            if (parse.GetValue(watch))
                await WatchAsync(read, session.Time, cancelled);
            else
                (await read())();
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Until interrupted: for who watches that is the end, at whatever moment it comes.</summary>
    private static async Task WatchAsync(Func<Task<Action>> read, TimeProvider time, CancellationToken cancelled)
    {
        try
        {
            while (true)
            {
                Action write = await read();
                Terminal.Clear();
                write();
                await Task.Delay(s_pause, time, cancelled);
            }
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
        }
    }

    /// <returns>Writes what was read.</returns>
    private static async Task<Action> ReadAsync(Session session, bool isJson, CancellationToken cancelled)
    {
        CourierStatus status = await session.Get<StatusReader>().ReadAsync(cancelled);
        return () =>
        {
            if (isJson)
                JsonLines.Write(status, OperationsJson.Format.CourierStatus);
            else
                StatusText.Write(status);
        };
    }

    private static async Task<Action> ReadBatchAsync(Session session, string batch, bool isJson, CancellationToken cancelled)
    {
        if (!RequestIdentity.IsValid(batch))
            throw new CliException($"--batch is '{batch}': it has 1 to 128 characters out of A-Z a-z 0-9 . _ - .", ExitCode.Usage);
        BatchCount count = await session.Get<BatchBook>().CountAsync(batch, cancelled);
        if (count is { Done: 0, Dead: 0, Waiting: 0 })
            throw new CliException($"Courier has seen no request of the batch '{batch}' yet.", ExitCode.NothingMatched);
        return () =>
        {
            if (isJson)
                JsonLines.Write(count, OperationsJson.Format.BatchCount);
            else
                Terminal.Line($"{Words.Count(count.Done)} done, {Words.Count(count.Dead)} dead, {Words.Count(count.Waiting)} waiting");
        };
    }
}
