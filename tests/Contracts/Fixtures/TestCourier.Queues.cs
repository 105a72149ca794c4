using System.Text;
using System.Text.Json;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Contracts;

/// <summary>What is put on the queues and taken from them.</summary>
public sealed partial class TestCourier
{
    public Task PostAsync(string message) => Storage.Requests.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, CancellationToken.None);

    /// <summary>As Courier itself posts: what is too large for a message goes to a blob.</summary>
    public Task PostLargeAsync(string message) => Get<RequestQueue>().PostAsync(Encoding.UTF8.GetBytes(message), Now, CancellationToken.None);

    /// <summary>A GET of each path.</summary>
    public async Task PostCallsAsync(params string[] paths)
    {
        foreach (string path in paths)
            await PostAsync($$"""{"method":"GET","path":"{{path}}"}""");
    }

    /// <summary>Takes the one visible request from the queue, as a host does before it calls the processor.</summary>
    public async Task<QueuedMessage> TakeAsync() => Assert.Single(await Storage.Requests.ReceiveAsync(32, s_lease, CancellationToken.None));

    /// <summary>Processes a message and deletes it, as a host does.</summary>
    public async Task ProcessAsync(QueuedMessage message)
    {
        await Get<RequestProcessor>().ProcessAsync(message, CancellationToken.None);
        await Storage.Requests.DeleteAsync(message, CancellationToken.None);
    }

    /// <summary>Processes the visible messages once each, one after the other; what they wait for passes on the clock.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> ProcessAsync() => Clock.RunAsync(async () =>
    {
        int count = 0;
        while (await Storage.Requests.ReceiveAsync(32, s_lease, CancellationToken.None) is { Count: > 0 } messages)
        {
            foreach (QueuedMessage message in messages)
                await ProcessAsync(message);
            count += messages.Count;
        }

        return count;
    });

    /// <summary>Processes whatever becomes visible until then, looking every second.</summary>
    public async Task ProcessUntilAsync(DateTimeOffset then)
    {
        await ProcessAsync();
        while (Now < then)
        {
            Clock.Advance(s_second);
            await ProcessAsync();
        }
    }

    public Task ProcessForAsync(TimeSpan time) => ProcessUntilAsync(Now + time);

    /// <summary>How many requests are on the queue, those included that are hidden.</summary>
    public Task<int> WaitingAsync() => Storage.Requests.CountAsync(CancellationToken.None);

    public Task<List<JsonElement>> ResultsAsync() => DrainAsync(Storage.Results);

    /// <summary>The doorbells.</summary>
    public Task<List<JsonElement>> DeadLettersAsync() => DrainAsync(Storage.DeadLetters);

    /// <summary>The records, from their blobs.</summary>
    public async Task<List<JsonElement>> RecordsAsync()
    {
        List<JsonElement> records = [];
        await foreach (string name in Storage.DeadLetterRecords.ListAsync("", CancellationToken.None))
            records.Add(JsonElement.Parse((await Storage.DeadLetterRecords.ReadAsync(name, CancellationToken.None))!.Content.Span));
        return records;
    }

    /// <summary>Why requests were given up.</summary>
    public async Task<List<string?>> ReasonsAsync() => [.. (await RecordsAsync()).Select(record => record.GetProperty("reason").GetString())];

    private static async Task<List<JsonElement>> DrainAsync(IMessageQueue queue)
    {
        List<JsonElement> messages = [];
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } received)
            messages.AddRange(received.Select(message => JsonElement.Parse(message.Body.Span)));
        return messages;
    }
}
