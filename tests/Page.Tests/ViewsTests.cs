using System.Net;
using System.Text.Json;

namespace Courier.Page.Tests;

/// <summary>What the page's own files are told.</summary>
public sealed class ViewsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_come_a_line_each_and_never_more_than_somebody_reads()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 404);
        await desk.CarryAsync(205, i => $$"""{"id":"r{{i}}","method":"GET","path":"/x/{{i}}"}""");

        string[] lines = (await GetAsync(desk, "/api/dead-letters?reason=not-found")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(201, lines.Length);
        Assert.All(lines, line => Assert.Equal("not-found", JsonElement.Parse(line).GetProperty("reason").GetString()));
    }

    /// <summary>A group is acted upon by its name: what is below <c>/customers/1</c> is none of <c>/customers/*</c>.</summary>
    [Fact]
    public async Task Group_has_the_rows_that_it_counted()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 404);
        await desk.CarryAsync(6, i => $$"""{"id":"r{{i}}","method":"GET","path":"/customers/{{i}}{{(i % 3 == 0 ? "/orders" : "")}}"}""");

        JsonElement[] groups = [.. JsonElement.Parse((await GetAsync(desk, "/api/dead-letters/groups")).Text).EnumerateArray()];

        Assert.Equal([4, 2], groups.Select(group => group.GetProperty("count").GetInt32()));
        foreach (JsonElement group in groups)
        {
            string rows = (await GetAsync(desk, $"/api/dead-letters?group={Uri.EscapeDataString(group.GetProperty("name").GetString()!)}")).Text;
            Assert.Equal(group.GetProperty("count").GetInt32(), rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    [Theory]
    [InlineData("/api/dead-letters?status=many", HttpStatusCode.BadRequest, "The status must be a number like 403.")]
    [InlineData("/api/dead-letters?group=some", HttpStatusCode.BadRequest, "The group must be one as it is named, like not-found 404 /companies/*.")]
    [InlineData("/api/dead-letters/groups?since=lately", HttpStatusCode.BadRequest, "`since` must be a date, or a date and time, like 2026-01-31T12:00:00Z.")]
    [InlineData("/api/dead-letters/nobody", HttpStatusCode.NotFound, "There is no dead letter of this id: it was redriven with success, purged, or never was one.")]
    [InlineData("/assets/none.js", HttpStatusCode.NotFound, "There is no such file.")]
    public async Task What_goes_wrong_is_one_sentence(string path, HttpStatusCode status, string sentence)
    {
        await using Desk desk = await Desk.OpenAsync();

        (HttpStatusCode found, string text) = await GetAsync(desk, path);

        Assert.Equal((status, sentence), (found, JsonElement.Parse(text).GetProperty("error").GetString()));
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(Desk desk, string path)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = desk.Page.Address };
        HttpResponseMessage answer = await client.GetAsync(path, Cancelled);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
