using System.CommandLine;
using System.Text;
using Courier.Cli.Output;
using Courier.Cli.Sending;
using Courier.Messages;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Cli.Commands;

/// <summary><c>courier send</c>: one request from its options, or a file of them.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        RequestOptions request = new();
        Option<string?> file = new("--file") { Description = "A file of requests, one JSON object a line. Interrupted, it goes on where it stopped.", HelpName = "requests.jsonl" };
        Command command = new("send", "Posts a request, or a file of them. Each is checked before anything is posted.\n\nExamples:\n  courier send GET /companies/example.com --meta team=risk\n  courier send PUT /portfolios/abc/companies/example.com --body @note.json --id put-1\n  courier send --file requests.jsonl") { file };
        request.AddTo(command);
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            bool hasRequest = request.IsGiven(parse);
            if (hasRequest == (parse.GetValue(file) is not null))
                throw new CliException("send needs METHOD and PATH, or --file: 'courier send --help' has examples.", ExitCode.Usage);
            await EnsureExistsAsync(session.Get<CourierStorage>(), cancelled);
            return parse.GetValue(file) is { } name
                ? await new FileSender(session.Get<RequestQueue>(), session.Get<EnvelopeReader>(), session.Time).SendAsync(name, cancelled)
                : await SendAsync(session, await request.WriteAsync(parse, session.Time.GetUtcNow(), cancelled), cancelled);
        });
        return command;
    }

    private static async Task<int> SendAsync(Session session, (string Id, ReadOnlyMemory<byte> Text) message, CancellationToken cancelled)
    {
        DateTimeOffset now = session.Time.GetUtcNow();
        if (session.Get<EnvelopeReader>().Problems(message.Text, now) is { Count: > 0 } problems)
            throw new CliException(string.Join(' ', problems), ExitCode.Usage);
        await session.Get<RequestQueue>().PostAsync(message.Text, now, cancelled);
        Terminal.Line(Terminal.Safe(message.Id));
        return ExitCode.Done;
    }

    private static async Task EnsureExistsAsync(CourierStorage storage, CancellationToken cancelled)
    {
        await storage.Requests.EnsureExistsAsync(cancelled);
        await storage.RequestBodies.EnsureExistsAsync(cancelled);
    }
}
