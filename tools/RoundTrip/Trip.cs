using System.Globalization;
using System.Text.Json;
using Courier.Storage;

namespace Courier.RoundTrip;

/// <summary>Posts an order's messages and accounts for each.</summary>
public sealed class Trip(CourierStorage storage, TimeProvider time)
{
    private const int Batch = 32;

    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Returns when every message has an outcome, or the order's time is over.</summary>
    public async Task<Account> RunAsync(Order order, CancellationToken cancellationToken)
    {
        string stamp = time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        Account account = new(Enumerable.Range(1, order.Messages).Select(number => $"roundtrip-{stamp}-{number}"));
        await Parallel.ForEachAsync(account.Posted, cancellationToken, async (id, cancel) => await storage.Requests.SendAsync(order.MessageOf(id), TimeSpan.Zero, cancel));

        long begun = time.GetTimestamp();
        while (account.Missing.Count > 0 && time.GetElapsedTime(begun) < order.Within)
        {
            int read = await ReadAsync(storage.Results, _ => "result", account, cancellationToken)
                + await ReadAsync(storage.DeadLetters, letter => $"dead letter ({letter.GetProperty("reason").GetString()})", account, cancellationToken);
            if (read == 0)
                await Task.Delay(s_pause, time, cancellationToken);
        }

        return account;
    }

    /// <returns>How many were of this trip.</returns>
    private static async Task<int> ReadAsync(IMessageQueue queue, Func<JsonElement, string> outcome, Account account, CancellationToken cancellationToken)
    {
        int own = 0;
        foreach (QueuedMessage message in await queue.ReceiveAsync(Batch, s_lease, cancellationToken))
        {
            JsonElement read = JsonElement.Parse(message.Body.Span);
            if (!account.Enter(read.GetProperty("id").GetString()!, outcome(read)))
                continue; // somebody else's: it is visible again when the lease ends
            own++;
            await queue.DeleteAsync(message, cancellationToken);
        }

        return own;
    }
}
