using System.Net;
using System.Text.Json;
using Courier.Configuration;
using Courier.Contracts;
using Courier.StatusPages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class StatusPageTests
{
    private const string Summary = "/api/v2/summary.json";

    [Fact]
    public async Task Status_is_all_operational_by_default()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        JsonElement summary = await client.JsonAsync(Summary);

        Assert.Equal("""{"indicator":"none","description":"All Systems Operational"}""", summary.GetProperty("status").GetRawText());
        Assert.Equal("[]", summary.GetProperty("incidents").GetRawText());
        Assert.Equal("[]", summary.GetProperty("scheduled_maintenances").GetRawText());
        Assert.Equal("operational", summary.GetProperty("components")[0].GetProperty("status").GetString());
        Assert.All(["id", "name", "url", "updated_at"], field => Assert.Equal(JsonValueKind.String, summary.GetProperty("page").GetProperty(field).ValueKind));
    }

    [Fact]
    public async Task Incident_is_shown_until_cleared()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(time: new FakeClock());
        string incident = """{"indicator":"major","description":"Partial outage","incident":"API errors"}""";

        Assert.Equal(204, await client.StatusAsync("/_status", "PUT", incident));

        JsonElement summary = await client.JsonAsync(Summary);
        JsonElement shown = Assert.Single(summary.GetProperty("incidents").EnumerateArray());
        Assert.Equal("""{"indicator":"major","description":"Partial outage"}""", summary.GetProperty("status").GetRawText());
        Assert.Equal("API errors", shown.GetProperty("name").GetString());
        Assert.Equal("major", shown.GetProperty("impact").GetString());
        Assert.All(["id", "status", "shortlink", "created_at", "updated_at"], field => Assert.NotEmpty(shown.GetProperty(field).GetString()!));
        Assert.Equal("API errors", shown.GetProperty("incident_updates")[0].GetProperty("body").GetString());
        Assert.Equal(204, await client.StatusAsync("/_status", "DELETE"));
        Assert.Equal("none", (await client.JsonAsync(Summary)).GetProperty("status").GetProperty("indicator").GetString());
    }

    [Fact]
    public async Task Courier_quotes_the_incident_that_is_shown()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();
        await client.StatusAsync("/_status", "PUT", """{"indicator":"major","description":"Partial outage","incident":"API errors"}""");
        ServiceCollection services = new();
        services.AddLogging();
        services.AddCourierCore(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Api:Key", "test-key"), new("Api:StatusPageUrl", client.Api.BaseAddress.AbsoluteUri)]).Build());
        await using ServiceProvider provider = services.BuildServiceProvider();

        VendorStatus? status = await provider.GetRequiredService<StatusPage>().ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("major", "Partial outage"), (status?.Indicator, status?.Description));
        VendorIncident incident = Assert.Single(status!.Incidents);
        Assert.Equal(("API errors", "investigating", "major"), (incident.Name, incident.Status, incident.Impact));
        Assert.StartsWith(client.Api.BaseAddress.AbsoluteUri, incident.Url, StringComparison.Ordinal);
        Assert.NotNull(incident.Since);
    }

    [Theory]
    [InlineData("""{"indicator":"bad"}""", "none, minor, major or critical")]
    [InlineData("""{"description":"x"}""", "none, minor, major or critical")]
    [InlineData("""{"indicator":"major","incident":1}""", "\"incident\" must be a string")]
    public async Task Bad_status_is_refused_with_what_is_allowed(string json, string says)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage response = await client.SendAsync("PUT", "/_status", json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await SimulatorClient.ErrorAsync(response));
    }
}
