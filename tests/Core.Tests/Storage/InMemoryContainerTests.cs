using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Storage;

public sealed class InMemoryContainerTests : BlobContainerContract
{
    protected override IBlobContainer NewContainer() => new InMemoryStorage(new FakeClock()).Container("container");
}
