using System.Net;
using System.Net.Http.Headers;
using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class KeyTests
{
    private const string Key = "simulated-key-0000000000000000";

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("Token wrong", "not known")]
    [InlineData("Bearer " + Key, "Token <key>")]
    public async Task Call_without_the_right_key_is_unauthorized(string? authorization, string says)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();
        client.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        using HttpResponseMessage response = await client.GetAsync("/me");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(says, await SimulatorClient.ErrorAsync(response));
    }

    [Fact]
    public async Task Call_with_the_key_is_answered()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Key = "another" });

        Assert.Equal(200, await client.StatusAsync("/me"));
    }

    [Fact]
    public async Task Unauthorized_call_uses_no_quota()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { QuotaLimit = 1 });
        client.Authorization = null;
        Assert.Equal(401, await client.StatusAsync("/me"));
        client.Authorization = new("Token", Key);

        Assert.Equal(200, await client.StatusAsync("/me"));
    }

    [Theory]
    [InlineData("/_requests")]
    [InlineData("/_faults")]
    [InlineData("/api/v2/summary.json")]
    public async Task Control_and_status_page_need_no_key_and_stay_out_of_the_log(string path)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();
        client.Authorization = null;

        Assert.Equal(200, await client.StatusAsync(path));
        Assert.Empty(client.Api.Requests);
    }
}
