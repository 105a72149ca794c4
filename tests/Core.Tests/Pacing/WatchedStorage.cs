using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Pacing;

/// <summary>Storage in memory whose shared state is watched.</summary>
internal sealed class WatchedStorage : IStorage
{
    private readonly InMemoryStorage _inner;

    public WatchedStorage(FakeClock clock, IBlobContainer? state = null)
    {
        _inner = new InMemoryStorage(clock);
        State = state as WatchedContainer ?? new WatchedContainer(state ?? _inner.Container("api-state"));
    }

    public WatchedContainer State { get; }

    public IEnumerable<IBlobContainer> Containers => [State, _inner.Container("api-dead-letters"), _inner.Container("api-requests"), _inner.Container("api-results")];

    public IMessageQueue Queue(string name) => _inner.Queue(name);

    public IBlobContainer Container(string name) => name == "api-state" ? State : _inner.Container(name);
}
