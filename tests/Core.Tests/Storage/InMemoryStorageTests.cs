using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Storage;

public sealed class InMemoryStorageTests
{
    [Fact]
    public void Same_name_is_the_same_queue_and_container()
    {
        InMemoryStorage storage = new(new FakeClock());

        Assert.Same(storage.Queue("a"), storage.Queue("a"));
        Assert.Same(storage.Container("a"), storage.Container("a"));
        Assert.NotSame(storage.Queue("a"), storage.Queue("b"));
        Assert.NotSame(storage.Container("a"), storage.Container("b"));
        Assert.Equal(("a", "a"), (storage.Queue("a").Name, storage.Container("a").Name));
    }
}
