using System.Text;
using Courier.Storage;

namespace Courier.Contracts;

/// <content>Compare and swap: what instances share is written this way.</content>
public abstract partial class BlobContainerContract
{
    [Fact]
    public async Task Blob_that_nobody_else_changed_is_replaced()
    {
        IBlobContainer container = await ContainerAsync();

        string? first = await ReplaceAsync(container, "first", null);
        string? second = await ReplaceAsync(container, "second", first);

        StoredBlob? blob = await container.ReadAsync("a", Cancelled);
        Assert.Equal(("second", "application/json", second), (Text(blob), blob!.ContentType, blob.ETag));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Version_that_was_read_can_be_replaced()
    {
        IBlobContainer container = await ContainerAsync();
        await WriteAsync(container, "a", "written");
        StoredBlob? read = await container.ReadAsync("a", Cancelled);

        Assert.NotNull(await ReplaceAsync(container, "replaced", read!.ETag));

        Assert.Equal("replaced", Text(await container.ReadAsync("a", Cancelled)));
    }

    [Fact]
    public async Task Blob_that_somebody_else_changed_is_left_alone()
    {
        IBlobContainer container = await ContainerAsync();
        string? old = await ReplaceAsync(container, "mine", null);
        await WriteAsync(container, "a", "theirs");

        Assert.Null(await ReplaceAsync(container, "mine again", old));
        Assert.Null(await ReplaceAsync(container, "mine as the first", null));

        Assert.Equal("theirs", Text(await container.ReadAsync("a", Cancelled)));
    }

    [Fact]
    public async Task Blob_that_somebody_else_deleted_is_not_made_again()
    {
        IBlobContainer container = await ContainerAsync();
        string? old = await ReplaceAsync(container, "mine", null);
        await container.DeleteAsync("a", Cancelled);

        Assert.Null(await ReplaceAsync(container, "mine again", old));

        Assert.Null(await container.ReadAsync("a", Cancelled));
        Assert.NotNull(await ReplaceAsync(container, "mine as the first", null));
    }

    [Fact]
    public async Task Blob_that_somebody_else_changed_is_not_deleted()
    {
        IBlobContainer container = await ContainerAsync();
        string? old = await ReplaceAsync(container, "mine", null);
        string? renewed = await ReplaceAsync(container, "mine again", old);

        await container.DeleteAsync("a", old!, Cancelled);
        Assert.Equal("mine again", Text(await container.ReadAsync("a", Cancelled)));

        await container.DeleteAsync("a", renewed!, Cancelled);
        Assert.Null(await container.ReadAsync("a", Cancelled));
        await container.DeleteAsync("a", renewed!, Cancelled);
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_wins_each_round()
    {
        IBlobContainer container = await ContainerAsync();
        string? version = null;

        for (int round = 0; round < 3; round++)
        {
            string?[] written = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => ReplaceAsync(container, $"{round}-{writer}", version))));

            int winner = Assert.Single(Enumerable.Range(0, 8), writer => written[writer] is not null);
            StoredBlob? blob = await container.ReadAsync("a", Cancelled);
            Assert.Equal(($"{round}-{winner}", written[winner]), (Text(blob), blob!.ETag));
            version = blob.ETag;
        }
    }

    private static Task<string?> ReplaceAsync(IBlobContainer container, string text, string? etag) =>
        container.ReplaceAsync("a", Encoding.UTF8.GetBytes(text), "application/json", etag, Cancelled);
}
