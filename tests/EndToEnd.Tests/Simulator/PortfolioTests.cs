using System.Net;
using System.Text.Json;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class PortfolioTests
{
    [Fact]
    public async Task Repeated_idempotency_key_gets_the_first_answer_again()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        string first = await CreateAsync(client, "k-1");
        string repeated = await CreateAsync(client, "k-1");
        string other = await CreateAsync(client, "k-2");

        Assert.Equal(first, repeated);
        Assert.NotEqual(first, other);
        Assert.Equal(4, (await client.JsonAsync("/portfolios")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Edited_portfolio_has_its_new_name()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        Assert.Equal(200, await client.StatusAsync("/portfolios/abc", "PUT", """{"name":"Vendors"}"""));

        Assert.Equal("Vendors", (await client.JsonAsync("/portfolios/abc")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Deleting_a_portfolio_twice_is_the_same_as_once()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        Assert.Equal(204, await client.StatusAsync("/portfolios/abc", "DELETE"));
        Assert.Equal(204, await client.StatusAsync("/portfolios/abc", "DELETE"));

        Assert.Equal(404, await client.StatusAsync("/portfolios/abc"));
    }

    [Fact]
    public async Task Company_added_twice_is_in_once_and_is_gone_when_removed()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 3 });
        for (int i = 0; i < 2; i++)
            Assert.Equal(200, await client.StatusAsync("/portfolios/abc/companies/New.example.org", "PUT", "{}"));

        JsonElement company = await client.JsonAsync("/companies/new.example.org");
        Assert.Equal(("New", JsonValueKind.Number), (company.GetProperty("name").GetString(), company.GetProperty("score").ValueKind));
        Assert.Equal(4, await TotalAsync(client));
        Assert.Equal(204, await client.StatusAsync("/portfolios/abc/companies/new.example.org", "DELETE"));
        Assert.Equal(204, await client.StatusAsync("/portfolios/abc/companies/new.example.org", "DELETE"));
        Assert.Equal(3, await TotalAsync(client));
    }

    [Fact]
    public async Task Concurrent_changes_are_all_kept()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 0 });

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.StatusAsync($"/portfolios/abc/companies/c{i}.example", "PUT")));

        Assert.Equal(100, await TotalAsync(client));
    }

    [Theory]
    [InlineData("GET", "/portfolios/unknown", 404)]
    [InlineData("PUT", "/portfolios/unknown", 404, """{"name":"x"}""")]
    [InlineData("GET", "/portfolios/unknown/companies", 404)]
    [InlineData("PUT", "/portfolios/unknown/companies/example.com", 404)]
    [InlineData("GET", "/companies/unknown.example", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("POST", "/portfolios", 400)]
    [InlineData("POST", "/portfolios", 400, """{"name":""")]
    [InlineData("POST", "/portfolios", 400, """{"name":1}""")]
    [InlineData("PUT", "/portfolios/abc", 400, """{"title":"x"}""")]
    [InlineData("PUT", "/portfolios/abc/companies/example.com", 400, "[]")]
    [InlineData("PUT", "/portfolios/abc/companies/not-a-domain", 422)]
    [InlineData("PUT", "/portfolios/abc/companies/10.0.0.1", 422)]
    [InlineData("GET", "/portfolios/restricted", 403)]
    [InlineData("DELETE", "/portfolios/restricted", 403)]
    [InlineData("PUT", "/portfolios/restricted/companies/example.com", 403)]
    public async Task Natural_error_has_its_status_and_a_message(string method, string path, int status, string? json = null)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage response = await client.SendAsync(method, path, json);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty(await SimulatorClient.ErrorAsync(response));
    }

    [Theory]
    [InlineData("PATCH", "/portfolios", "GET, POST")]
    [InlineData("POST", "/portfolios/abc", "GET, PUT, DELETE")]
    [InlineData("GET", "/portfolios/abc/companies/example.com", "PUT, DELETE")]
    [InlineData("DELETE", "/reports/1", "GET")]
    public async Task Wrong_method_is_told_the_right_ones(string method, string path, string allowed)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage response = await client.SendAsync(method, path);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    private static async Task<string> CreateAsync(SimulatorClient client, string idempotencyKey)
    {
        using HttpResponseMessage response = await client.SendAsync("POST", "/portfolios", """{"name":"Mine"}""", idempotencyKey);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<int> TotalAsync(SimulatorClient client) =>
        (await client.JsonAsync("/portfolios/abc/companies")).GetProperty("total").GetInt32();
}
