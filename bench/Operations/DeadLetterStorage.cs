using Courier.Storage;

namespace Courier.Bench.Operations;

/// <summary>An account whose queues are in memory: what announces dead letters is not measured, and need not be stored.</summary>
internal sealed class DeadLetterStorage(IStorage account) : IStorage
{
    private readonly InMemoryStorage _memory = new(TimeProvider.System);

    public IMessageQueue Queue(string name) => _memory.Queue(name);

    public IBlobContainer Container(string name) => account.Container(name);
}
