using System.Text;
using System.Text.Json;
using Courier.ApiSimulator;
using Courier.Orders;
using Courier.Processing;
using Courier.Storage;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>One run of the published worker over all rows, each posted raw and in Base64; then it is stopped in good order.</summary>
public sealed class TableRun(PublishedWorker app) : IAsyncLifetime
{
    public static readonly string[] Encodings = ["raw", "base64"];

    private readonly Dictionary<string, JsonElement> _results = [];
    private readonly Dictionary<string, JsonElement> _deadLetters = [];

    public WorkerJournal Journal { get; private set; } = new();

    /// <summary>Everything that went to the result and dead-letter queues, as text.</summary>
    public IReadOnlyList<string> Written => [.. _results.Values.Concat(_deadLetters.Values).Select(message => message.GetRawText())];

    public IReadOnlyList<LoggedRequest> Calls { get; private set; } = [];

    public JsonElement? Result(string id) => _results.TryGetValue(id, out JsonElement result) ? result : null;

    public JsonElement? DeadLetter(string id) => _deadLetters.TryGetValue(id, out JsonElement record) ? record : null;

    public async ValueTask InitializeAsync()
    {
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, ("Api__MaxResponseBytes", "100000"), ("Routing__MaxRefusals", "2"));
        Journal = world.Journal;
        foreach (OutcomeRow row in OutcomeTable.Rows)
        {
            foreach (string encoding in Encodings)
                await PostAsync(world, row, encoding);
        }

        await world.Storage.Poison.SendAsync(Encoding.UTF8.GetBytes("""{"id":"crashed","method":"GET","path":"/companies/example.com?row=crashed"}"""), TimeSpan.Zero, CancellationToken.None);
        await new StandingOrders(world.Storage, TimeProvider.System, () => 0.5).CancelAsync(
            [.. from row in OutcomeTable.Rows where row.IsCancelled from encoding in Encodings select $"{row.Name}-{encoding}"], "a test", null, CancellationToken.None);
        await using HostedWorker worker = await world.StartAsync();
        await world.SettledAsync(TimeSpan.FromMinutes(3));
        await worker.StopAsync(CancellationToken.None);
        Calls = world.Api.Requests;
        foreach (JsonElement result in await WorkerWorld.DrainAsync(world.Storage.Results))
            _results.Add(result.GetProperty("id").GetString()!, result);
        foreach (JsonElement record in await WorkerWorld.DrainAsync(world.Storage.DeadLetters))
            _deadLetters.Add(record.GetProperty("id").GetString()!, record);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task PostAsync(WorkerWorld world, OutcomeRow row, string encoding)
    {
        string id = $"{row.Name}-{encoding}", message = row.Message(id);
        if (row.FaultFor(id) is { } fault)
            world.Api.Script(fault);
        message = encoding == "raw" ? message : Convert.ToBase64String(Encoding.UTF8.GetBytes(message));
        if (message.Length > MessageSize.Limit)
            await new RequestQueue(world.Storage, new Persistence(TimeProvider.System, NullLogger<Persistence>.Instance)).PostAsync(Encoding.UTF8.GetBytes(message), TimeProvider.System.GetUtcNow(), CancellationToken.None); // as ./dev send does
        else
            await world.PostAsync(message);
    }
}
