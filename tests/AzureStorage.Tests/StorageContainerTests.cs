using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

public sealed class StorageContainerTests(Azurite azurite) : BlobContainerContract
{
    [Fact]
    public async Task Missing_container_is_made_when_it_is_needed()
    {
        Assert.Null(await NewContainer().ReadAsync("a", Cancelled));
        Assert.Empty(await ListAsync(NewContainer()));
        IBlobContainer container = NewContainer();

        await WriteAsync(container, "a", "text");

        Assert.Equal("text", Text(await container.ReadAsync("a", Cancelled)));
    }

    [Fact]
    public async Task Lease_is_a_failure_that_says_what_to_do_and_no_conflict()
    {
        IBlobContainer container = NewContainer();
        await WriteAsync(container, "a", "theirs");
        string version = (await container.ReadAsync("a", Cancelled))!.ETag;
        await Client(container).GetBlobClient("a").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15), cancellationToken: Cancelled);

        foreach (Func<Task> change in (Func<Task>[])[() => WriteAsync(container, "a", "mine"), () => container.ReplaceAsync("a", default, "text/plain", version, Cancelled)])
        {
            StorageFailureException failure = await Assert.ThrowsAsync<StorageFailureException>(change);
            Assert.True(failure.IsBlocked);
            Assert.Contains($"{container.Name}/a: the storage answered 412 LeaseIdMissing. Somebody holds a lease", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Storage_that_nobody_listens_for_is_a_failure_that_passes()
    {
        StorageAccount nowhere = new(Microsoft.Extensions.Options.Options.Create(new StorageAccountOptions
        {
            ConnectionString = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a",
        }));

        StorageFailureException failure = await Assert.ThrowsAsync<StorageFailureException>(() => nowhere.Container("c").ReadAsync("a", Cancelled));

        Assert.False(failure.IsBlocked);
        Assert.Equal("c/a", failure.Place);
    }

    protected override IBlobContainer NewContainer() => azurite.Account().Container(StorageFixture.NewName("container"));

    private BlobContainerClient Client(IBlobContainer container) => new(azurite.ConnectionString, container.Name);
}
