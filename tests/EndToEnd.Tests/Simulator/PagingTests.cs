using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class PagingTests
{
    private const string Companies = "/portfolios/abc/companies";

    [Theory]
    [InlineData(Companies, 3)]
    [InlineData(Companies + "?page=1&size=40", 3)]
    [InlineData(Companies + "?size=500", 1)]
    [InlineData(Companies + "?cursor=", 3)]
    [InlineData(Companies + "?limit=7", 18)]
    [InlineData(Companies + "?limit=120", 1)]
    public async Task Following_the_links_to_the_end_gets_each_entry_once(string first, int pages)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 120 });

        List<JsonElement> all = await FollowAsync(client, first);

        Assert.Equal(pages, all.Count);
        List<string> domains = [.. all.SelectMany(Domains)];
        Assert.Equal(120, domains.Count);
        Assert.Equal(120, domains.Distinct().Count());
        Assert.Contains("example.com", domains);
    }

    [Fact]
    public async Task Page_tells_total_size_and_number()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 25 });

        JsonElement page = await client.JsonAsync(Companies + "?page=3&size=10");

        Assert.Equal(5, page.GetProperty("entries").GetArrayLength());
        Assert.Equal((25, 10, 3), (Number(page, "total"), Number(page, "size"), Number(page, "page")));
    }

    [Fact]
    public async Task Page_behind_the_end_is_empty()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        Assert.Equal(0, (await client.JsonAsync(Companies + "?page=1000000&size=500")).GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task Next_cursor_leads_on_and_is_null_at_the_end()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 15 });
        JsonElement first = await client.JsonAsync(Companies + "?limit=10");

        JsonElement last = await client.JsonAsync($"{Companies}?limit=10&cursor={Uri.EscapeDataString(first.GetProperty("next_cursor").GetString()!)}");

        Assert.Equal(15, Domains(first).Union(Domains(last)).Count());
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task Cursor_loses_nothing_when_the_entry_it_stands_on_is_removed()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 20 });
        using HttpResponseMessage response = await client.GetAsync(Companies + "?limit=10");
        JsonElement first = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        await client.StatusAsync($"{Companies}/{Domains(first).Last()}", "DELETE");

        List<JsonElement> rest = await FollowAsync(client, Next(response)!);

        Assert.Equal(20, Domains(first).Concat(rest.SelectMany(Domains)).Distinct().Count());
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=x")]
    [InlineData("?size=501")]
    [InlineData("?limit=0")]
    [InlineData("?cursor=*")]
    public async Task Bad_paging_parameter_is_a_bad_request(string query)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage response = await client.GetAsync(Companies + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"The parameter \"{query[1..].Split('=')[0]}\"", await SimulatorClient.ErrorAsync(response));
    }

    private static async Task<List<JsonElement>> FollowAsync(SimulatorClient client, string url)
    {
        List<JsonElement> pages = [];
        for (string? next = url; next is not null;)
        {
            using HttpResponseMessage response = await client.GetAsync(next);
            pages.Add(await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
            next = Next(response);
        }

        return pages;
    }

    private static string? Next(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out IEnumerable<string>? links))
            return null;

        string link = Assert.Single(links);
        Assert.EndsWith(">; rel=\"next\"", link);
        return new Uri(link[1..link.IndexOf('>')], UriKind.Absolute).OriginalString;
    }

    private static IEnumerable<string> Domains(JsonElement page) =>
        page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("domain").GetString()!);

    private static int Number(JsonElement page, string field) => page.GetProperty(field).GetInt32();
}
