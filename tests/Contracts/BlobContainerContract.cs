using System.Text;
using Courier.Storage;

namespace Courier.Contracts;

/// <summary>What every <see cref="IBlobContainer"/> does.</summary>
public abstract partial class BlobContainerContract
{
    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A container that no other test uses; it need not exist yet.</summary>
    protected abstract IBlobContainer NewContainer();

    [Fact]
    public async Task Written_blob_is_read_back_with_its_content_type()
    {
        IBlobContainer container = await ContainerAsync();
        byte[] content = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        await container.WriteAsync("2026-01-01/report.pdf", content, "application/pdf", Cancelled);

        StoredBlob? blob = await container.ReadAsync("2026-01-01/report.pdf", Cancelled);
        Assert.Equal(content, blob!.Content.ToArray());
        Assert.Equal("application/pdf", blob.ContentType);
        Assert.NotEmpty(blob.ETag);
    }

    [Fact]
    public async Task Second_write_replaces_content_and_content_type()
    {
        IBlobContainer container = await ContainerAsync();
        await WriteAsync(container, "a", "first and longer", "text/plain");

        await WriteAsync(container, "a", "{}", "application/json");

        StoredBlob? blob = await container.ReadAsync("a", Cancelled);
        Assert.Equal(("{}", "application/json"), (Text(blob), blob!.ContentType));
        Assert.Equal(["a"], await ListAsync(container));
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "text/plain; charset=utf-8")]
    [InlineData("text/plain; name=\"Übersicht\"", "application/octet-stream")]
    [InlineData(" text/csv", "application/octet-stream")]
    [InlineData("text/csv…", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task Content_type_that_no_header_can_carry_is_stored_as_bytes(string contentType, string stored)
    {
        IBlobContainer container = await ContainerAsync();

        await WriteAsync(container, "a", "text", contentType);

        Assert.Equal(stored, (await container.ReadAsync("a", Cancelled))!.ContentType);
    }

    [Fact]
    public async Task Labels_are_listed_without_the_blob_being_read()
    {
        IBlobContainer container = await ContainerAsync();
        await container.WriteAsync("d/b", "{}"u8.ToArray(), "application/json", new Dictionary<string, string> { ["reason"] = "not-found", ["path"] = "%2Fcompanies%2F%C3%BC" }, Cancelled);
        await WriteAsync(container, "d/a", "without");
        await WriteAsync(container, "e/c", "elsewhere");

        List<ListedBlob> listed = await container.ListLabelledAsync("d/", Cancelled).ToListAsync(Cancelled);

        Assert.Equal(["d/a", "d/b"], listed.Select(blob => blob.Name));
        Assert.Empty(listed[0].Labels);
        Assert.Equal(("not-found", "%2Fcompanies%2F%C3%BC"), (listed[1].Labels["reason"], listed[1].Labels["path"]));
    }

    /// <summary>Whoever shows the first few may stop there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task However_few_are_asked_for_first_all_are_listed(int first)
    {
        IBlobContainer container = await ContainerAsync();
        string[] names = [.. Enumerable.Range(0, 5).Select(i => $"d/{i}")];
        foreach (string name in names.Append("e/0"))
            await WriteAsync(container, name, "text");

        Assert.Equal(names, await container.ListLabelledAsync("d/", first, Cancelled).Select(blob => blob.Name).ToListAsync(Cancelled));
        Assert.Equal("d/0", (await container.ListLabelledAsync("d/", first, Cancelled).FirstAsync(Cancelled)).Name);
    }

    [Fact]
    public async Task Labels_go_with_the_content_that_they_were_written_with()
    {
        IBlobContainer container = await ContainerAsync();
        await container.WriteAsync("a", "{}"u8.ToArray(), "application/json", new Dictionary<string, string> { ["reason"] = "not-found" }, Cancelled);

        await WriteAsync(container, "a", "again");

        Assert.Empty(Assert.Single(await container.ListLabelledAsync("", Cancelled).ToListAsync(Cancelled)).Labels);
    }

    [Fact]
    public async Task ETag_changes_with_each_write_and_only_then()
    {
        IBlobContainer container = await ContainerAsync();
        HashSet<string> versions = [];

        for (int write = 1; write <= 5; write++)
        {
            await WriteAsync(container, "a", "the same");
            versions.Add((await container.ReadAsync("a", Cancelled))!.ETag);
            versions.Add((await container.ReadAsync("a", Cancelled))!.ETag);
            Assert.Equal(write, versions.Count);
        }
    }

    [Fact]
    public async Task What_was_read_does_not_change_with_a_later_write()
    {
        IBlobContainer container = await ContainerAsync();
        byte[] content = "first"u8.ToArray();
        await container.WriteAsync("a", content, "text/plain", Cancelled);
        StoredBlob? read = await container.ReadAsync("a", Cancelled);

        content[0] = (byte)'F';
        await WriteAsync(container, "a", "second");

        Assert.Equal("first", Text(read));
    }

    [Fact]
    public async Task Missing_blob_reads_as_null()
    {
        IBlobContainer container = await ContainerAsync();

        Assert.Null(await container.ReadAsync("none", Cancelled));
    }

    [Fact]
    public async Task Empty_blob_is_a_blob()
    {
        IBlobContainer container = await ContainerAsync();
        await WriteAsync(container, "a", "full");

        await container.WriteAsync("a", ReadOnlyMemory<byte>.Empty, "application/json", Cancelled);

        StoredBlob? blob = await container.ReadAsync("a", Cancelled);
        Assert.True(blob!.Content.IsEmpty);
        Assert.Equal("application/json", blob.ContentType);
        Assert.Equal(["a"], await ListAsync(container));
    }

    [Fact]
    public async Task Large_blob_comes_back_whole()
    {
        IBlobContainer container = await ContainerAsync();
        byte[] content = [.. Enumerable.Range(0, 9 * 1024 * 1024).Select(number => (byte)(number * 31))];

        await container.WriteAsync("large", content, "application/octet-stream", Cancelled);

        Assert.True((await container.ReadAsync("large", Cancelled))!.Content.Span.SequenceEqual(content));
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_in_ordinal_order()
    {
        IBlobContainer container = await ContainerAsync();
        foreach (string name in (string[])["2026-01-02/b.json", "2026-01-10/a.json", "2026-01-02/B.json", "2026-01-02/a.json", "2026-01-02/a-1.json", "2025-12-31/z.json"])
            await WriteAsync(container, name, name);

        Assert.Equal(["2026-01-02/B.json", "2026-01-02/a-1.json", "2026-01-02/a.json", "2026-01-02/b.json"], await ListAsync(container, "2026-01-02/"));
        Assert.Equal(
            ["2025-12-31/z.json", "2026-01-02/B.json", "2026-01-02/a-1.json", "2026-01-02/a.json", "2026-01-02/b.json", "2026-01-10/a.json"],
            await ListAsync(container));
        Assert.Empty(await ListAsync(container, "2027"));
    }

    [Fact]
    public async Task Deleted_blob_is_gone_and_may_be_deleted_again()
    {
        IBlobContainer container = await ContainerAsync();
        await WriteAsync(container, "a", "text");

        await container.DeleteAsync("a", Cancelled);

        Assert.Null(await container.ReadAsync("a", Cancelled));
        Assert.Empty(await ListAsync(container));
        await container.DeleteAsync("a", Cancelled);
    }

    [Fact]
    public async Task Container_that_exists_may_be_ensured_again()
    {
        IBlobContainer container = await ContainerAsync();
        await WriteAsync(container, "a", "text");

        await container.EnsureExistsAsync(Cancelled);

        Assert.Equal("text", Text(await container.ReadAsync("a", Cancelled)));
    }

    protected static string? Text(StoredBlob? blob) => blob is null ? null : Encoding.UTF8.GetString(blob.Content.Span);

    protected static Task WriteAsync(IBlobContainer container, string name, string text, string contentType = "text/plain") =>
        container.WriteAsync(name, Encoding.UTF8.GetBytes(text), contentType, Cancelled);

    protected static async Task<List<string>> ListAsync(IBlobContainer container, string prefix = "") =>
        await container.ListAsync(prefix, Cancelled).ToListAsync(Cancelled);

    private async Task<IBlobContainer> ContainerAsync()
    {
        IBlobContainer container = NewContainer();
        await container.EnsureExistsAsync(Cancelled);
        return container;
    }
}
