using System.Collections.Concurrent;

namespace Courier.Storage;

/// <summary>A storage account in this process's memory, for tests, benchmarks and machines without an emulator.</summary>
public sealed class InMemoryStorage(TimeProvider time) : IStorage
{
    private readonly ConcurrentDictionary<string, InMemoryQueue> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, InMemoryContainer> _containers = new(StringComparer.Ordinal);

    public IMessageQueue Queue(string name) => _queues.GetOrAdd(name, key => new InMemoryQueue(key, time));

    public IBlobContainer Container(string name) => _containers.GetOrAdd(name, key => new InMemoryContainer(key));
}
