using System.Text;
using System.Text.Json;
using Courier.Storage;

namespace Courier.Chaos;

/// <summary>Takes results and dead letters off their queues as a user does, and keeps what the inquest asks for.</summary>
internal sealed class Consumer(CourierStorage storage)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);

    private volatile bool _isStopping;

    /// <summary>How often each id came as a result.</summary>
    public Dictionary<string, int> Results { get; } = [];

    /// <summary>How often each id was announced as a dead letter.</summary>
    public Dictionary<string, int> DeadLetters { get; } = [];

    /// <summary>Of each id that is dead, the reason.</summary>
    public Dictionary<string, string> Reasons { get; } = [];

    /// <summary>The pages that results name as the next.</summary>
    public HashSet<string> NextPages { get; } = [];

    /// <summary>Messages that hold the key.</summary>
    public int Secrets { get; private set; }

    public async Task RunAsync()
    {
        while (!_isStopping)
        {
            if (await TakeAsync() == 0)
                await Task.Delay(s_pause, TimeProvider.System);
        }

        while (await TakeAsync() > 0)
        {
        }
    }

    /// <summary>Takes what is left, then ends.</summary>
    public void Stop() => _isStopping = true;

    private async Task<int> TakeAsync() => await TakeAsync(storage.Results, Note) + await TakeAsync(storage.DeadLetters, NoteDead);

    private async Task<int> TakeAsync(IMessageQueue queue, Action<JsonElement> note)
    {
        IReadOnlyList<QueuedMessage> messages = await queue.ReceiveAsync(32, s_lease, CancellationToken.None);
        foreach (QueuedMessage message in messages)
        {
            if (message.Body.Span.IndexOf(Encoding.UTF8.GetBytes(Mix.Key)) >= 0)
                Secrets++;
            note(JsonElement.Parse(message.Body.Span));
        }

        await Parallel.ForEachAsync(messages, async (message, cancellationToken) => await queue.DeleteAsync(message, cancellationToken));
        return messages.Count;
    }

    private void Note(JsonElement result)
    {
        Count(Results, result);
        if (result.TryGetProperty("page", out JsonElement page) && page.TryGetProperty("next", out JsonElement next) && next.GetString() is { } id)
            NextPages.Add(id);
    }

    private void NoteDead(JsonElement record)
    {
        Count(DeadLetters, record);
        Reasons[record.GetProperty("id").GetString()!] = record.GetProperty("reason").GetString()!;
    }

    private static void Count(Dictionary<string, int> counts, JsonElement message)
    {
        string id = message.GetProperty("id").GetString()!;
        counts[id] = counts.GetValueOrDefault(id) + 1;
    }
}
