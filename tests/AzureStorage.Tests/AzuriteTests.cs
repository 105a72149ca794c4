using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

/// <summary>The emulator's fixture itself.</summary>
public sealed class AzuriteTests
{
    [Fact]
    public async Task Emulator_with_a_data_folder_keeps_messages_and_blobs_over_a_restart()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using Azurite azurite = Azurite.WithDataFolder();
        await azurite.StartAsync();
        string connection = azurite.ConnectionString;
        IMessageQueue queue = azurite.Account().Queue("queue");
        IBlobContainer container = azurite.Account().Container("container");
        await queue.EnsureExistsAsync(cancelled);
        await container.EnsureExistsAsync(cancelled);
        await queue.SendAsync("kept"u8.ToArray(), TimeSpan.Zero, cancelled);
        await container.WriteAsync("kept", "kept"u8.ToArray(), "text/plain", cancelled);

        await azurite.StopAsync();
        await azurite.StartAsync();

        Assert.Equal(connection, azurite.ConnectionString);
        QueuedMessage message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), cancelled));
        StoredBlob? blob = await container.ReadAsync("kept", cancelled);
        Assert.Equal("kept"u8, message.Body.Span);
        Assert.Equal("kept"u8, blob!.Content.Span);
    }

    /// <summary>It is made quicker by <c>tools/azurite/quick.js</c>: what it answers must stay the same.</summary>
    [Fact]
    public async Task Emulator_lists_in_pages_what_is_there_when_each_is_asked_for()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using Azurite azurite = new();
        await azurite.StartAsync();
        BlobServiceClient service = new(azurite.ConnectionString);
        BlobContainerClient container = service.GetBlobContainerClient("one"), other = service.GetBlobContainerClient("other");
        await container.CreateAsync(cancellationToken: cancelled);
        await other.CreateAsync(cancellationToken: cancelled);
        foreach (string name in (string[])["10", "9", "d/b", "d/a", "d/c", "d/e", "e"])
            await container.UploadBlobAsync(name, BinaryData.FromString(name), cancelled);
        await other.UploadBlobAsync("d/aa", BinaryData.FromString("theirs"), cancelled);

        Assert.Equal(["10", "9", "d/a", "d/b", "d/c", "d/e", "e"], await NamesAsync(container, prefix: null));
        Assert.Equal(["10,9", "d/,e"], await container.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", null, cancelled).AsPages(pageSizeHint: 2)
            .Select(page => string.Join(',', page.Values.Select(item => item.IsPrefix ? item.Prefix : item.Blob.Name))).ToListAsync(cancelled));

        await using IAsyncEnumerator<Page<BlobItem>> pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, "d/", cancelled).AsPages(pageSizeHint: 2).GetAsyncEnumerator(cancelled);
        Assert.True(await pages.MoveNextAsync());
        Assert.Equal(["d/a", "d/b"], pages.Current.Values.Select(blob => blob.Name));
        await container.DeleteBlobAsync("d/c", cancellationToken: cancelled);
        await container.UploadBlobAsync("d/d", BinaryData.FromString("new"), cancelled);
        await container.GetBlobClient("d/e").SetMetadataAsync(new Dictionary<string, string> { ["is"] = "changed" }, cancellationToken: cancelled);
        Assert.True(await pages.MoveNextAsync());
        Assert.Equal(["d/d", "d/e"], pages.Current.Values.Select(blob => blob.Name));
        Assert.False(await pages.MoveNextAsync() && pages.Current.Values.Count > 0);
        Assert.Equal(["d/a", "d/b", "d/d", "d/e"], await NamesAsync(container, "d/"));

        ValueTask<List<string>> NamesAsync(BlobContainerClient from, string? prefix) => from.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancelled).Select(blob => blob.Name).ToListAsync(cancelled);
    }
}
