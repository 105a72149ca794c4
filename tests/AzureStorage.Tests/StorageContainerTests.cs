using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

public sealed class StorageContainerTests(Azurite azurite) : BlobContainerContract
{
    [Fact]
    public async Task Missing_container_is_an_error_not_a_missing_blob()
    {
        IBlobContainer container = NewContainer();

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => container.ReadAsync("a", Cancelled));
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => WriteAsync(container, "a", "text"));
    }

    protected override IBlobContainer NewContainer() => azurite.Account().Container(StorageFixture.NewName("container"));
}
