using System.Collections.Concurrent;
using Courier.Storage;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>A queue in memory that remembers what was done to it, and fails or stalls as told.</summary>
internal sealed class UnsteadyQueue(InMemoryQueue content, TimeProvider clock, TimeSpan lease) : IMessageQueue
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly ConcurrentQueue<Operation> _begun = [];
    private readonly ConcurrentQueue<Operation> _ended = [];
    private readonly ConcurrentQueue<Poll> _polls = [];
    private int _held;
    private int _taken;

    /// <summary>Runs before each operation: throws for a storage that fails, awaits for one that is slow.</summary>
    public Func<Operation, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs when the service has done it, before the answer arrives.</summary>
    public Func<Operation, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the service holds: looking there is what a second receiver does.</summary>
    public InMemoryQueue Content => content;

    public string Name => content.Name;

    public IReadOnlyList<Poll> Polls => [.. _polls];

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>The last receipt that a renewal has given.</summary>
    public string? LatestReceipt { get; private set; }

    public string? DeletedReceipt { get; private set; }

    public int Begun(Operation operation) => _begun.Count(begun => begun == operation);

    /// <summary>How many of these operations are over, well or not.</summary>
    public int Count(params Operation[] operations) => _ended.Count(operations.Contains);

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => content.EnsureExistsAsync(cancellationToken);

    public Task<int> CountAsync(CancellationToken cancellationToken) => content.CountAsync(cancellationToken);

    public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) => DoAsync(Operation.Send, async () =>
    {
        await content.SendAsync(body, visibleAfter, cancellationToken);
        return true;
    });

    public async Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken)
    {
        Poll poll = new(clock.GetUtcNow() - _start, maximum, Volatile.Read(ref _held), 0);
        try
        {
            IReadOnlyList<QueuedMessage> batch = await DoAsync(Operation.Receive, () => content.ReceiveAsync(maximum, lease, cancellationToken));
            Interlocked.Add(ref _held, batch.Count);
            Interlocked.Add(ref _taken, batch.Count);
            poll = poll with { Taken = batch.Count };
            return batch;
        }
        finally
        {
            _polls.Enqueue(poll);
        }
    }

    public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan visibleAfter, CancellationToken cancellationToken) =>
        DoAsync(visibleAfter == lease ? Operation.Renew : Operation.Return, async () =>
        {
            QueuedMessage? renewed = await content.RenewAsync(message, visibleAfter, cancellationToken);
            LatestReceipt = renewed?.Receipt ?? LatestReceipt;
            return renewed;
        });

    public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => DoAsync(Operation.Delete, async () =>
    {
        await content.DeleteAsync(message, cancellationToken);
        DeletedReceipt = message.Receipt;
        Interlocked.Decrement(ref _held);
        return true;
    });

    private async Task<T> DoAsync<T>(Operation operation, Func<Task<T>> action)
    {
        _begun.Enqueue(operation);
        try
        {
            await Before(operation);
            T answer = await action();
            await After(operation);
            return answer;
        }
        finally
        {
            _ended.Enqueue(operation);
        }
    }
}
