using System.Net;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class FaultTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Scripted_status_comes_before_the_key_is_checked()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","status":503}""");
        client.Authorization = null;

        using HttpResponseMessage response = await client.GetAsync("/me");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Service Unavailable", await SimulatorClient.ErrorAsync(response));
    }

    [Fact]
    public async Task Fault_applies_as_often_as_it_says()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","status":500,"times":2}""");

        Assert.Equal(500, await client.StatusAsync("/me"));
        Assert.Equal(1, (await client.JsonAsync("/_faults"))[0].GetProperty("times").GetInt32());
        Assert.Equal(500, await client.StatusAsync("/me"));
        Assert.Equal(200, await client.StatusAsync("/me"));
        Assert.Equal("[]", await client.TextAsync("/_faults"));
    }

    [Fact]
    public async Task Fault_without_times_lasts_until_cleared()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","status":500}""");
        for (int i = 0; i < 5; i++)
            Assert.Equal(500, await client.StatusAsync("/me"));

        Assert.Equal(204, await client.StatusAsync("/_faults", "DELETE"));

        Assert.Equal(200, await client.StatusAsync("/me"));
    }

    [Fact]
    public async Task Faults_apply_in_the_order_they_were_added()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","status":500,"times":1}""", """{"match":"/*","status":502}""");

        Assert.Equal(500, await client.StatusAsync("/me"));
        Assert.Equal(502, await client.StatusAsync("/me"));
    }

    [Theory]
    [InlineData("\"7\"", "7")]
    [InlineData("7", "7")]
    [InlineData("\"Wed, 21 Oct 2026 07:28:00 GMT\"", "Wed, 21 Oct 2026 07:28:00 GMT")]
    [InlineData("\"soon\"", "soon")]
    public async Task Retry_after_is_sent_as_is(string json, string header)
    {
        await using SimulatorClient client = await CreateAsync($$"""{"match":"/me","status":429,"retryAfter":{{json}}}""");

        using HttpResponseMessage response = await client.GetAsync("/me");

        Assert.Equal(header, response.Headers.NonValidated["Retry-After"].ToString());
    }

    [Fact]
    public async Task Delay_alone_delays_the_normal_answer()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","delay":2.5}""");

        Task<string> answer = client.TextAsync("/me");
        await client.ArrivalAsync();
        _clock.Advance(TimeSpan.FromSeconds(2.4));
        await client.StatusAsync("/_faults");

        Assert.False(answer.IsCompleted);
        while (!answer.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await client.StatusAsync("/_faults");
        }

        Assert.Contains("username", await answer);
    }

    [Fact]
    public async Task Drop_aborts_the_connection_without_an_answer()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","drop":true}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/me"));

        Assert.All(client.Api.Requests, request => Assert.Null(request.Status));
        Assert.NotEmpty(client.Api.Requests);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html")]
    [InlineData("{\"title\":\"Down\"}", "application/json")]
    [InlineData("Down", "text/plain")]
    [InlineData("", "text/plain")]
    public async Task Body_replaces_the_standard_error_body(string body, string contentType)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(time: _clock);
        client.Api.Script(new() { Match = "/me", Status = 502, Body = body });

        using HttpResponseMessage response = await client.GetAsync("/me");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Headers_alone_decorate_the_normal_answer()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","headers":{"Deprecation":"true","Content-Type":"application/problem+json"}}""");

        using HttpResponseMessage response = await client.GetAsync("/me");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("Deprecation")));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/me", "GET", "/me", true)]
    [InlineData("/me", "GET", "/me?x=1", true)]
    [InlineData("/me", "GET", "/me2", false)]
    [InlineData("/me?x=1", "GET", "/me", false)]
    [InlineData("/*x=1", "GET", "/me?x=1", true)]
    [InlineData("GET /me", "GET", "/me", true)]
    [InlineData("get /me", "GET", "/me", true)]
    [InlineData("PUT /me", "GET", "/me", false)]
    [InlineData("PUT /portfolios/*", "PUT", "/portfolios/abc/companies/example.com", true)]
    [InlineData("/portfolios/*/companies/example.com", "PUT", "/portfolios/abc/companies/example.com", true)]
    [InlineData("* *", "DELETE", "/portfolios/abc", true)]
    [InlineData("/m.", "GET", "/me", false)]
    public async Task Match_is_by_method_and_path_with_wildcards(string match, string method, string path, bool applies)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(time: _clock);
        client.Api.Script(new() { Match = match, Status = 599 });

        Assert.Equal(applies, await client.StatusAsync(path, method) == 599);
    }

    [Theory]
    [InlineData("nonsense", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"status":500}""", "\"match\"")]
    [InlineData("""{"match":"me","status":500}""", "must read \"/path*\" or \"METHOD /path*\"")]
    [InlineData("""{"match":"/me"}""", "A fault needs")]
    [InlineData("""{"match":"/me","status":"500"}""", "\"status\" is \"500\"; it must be a whole number")]
    [InlineData("""{"match":"/me","status":700}""", "from 200 to 599")]
    [InlineData("""{"match":"/me","status":500,"times":0}""", "\"times\" is 0")]
    [InlineData("""{"match":"/me","delay":-1}""", "\"delay\" is -1")]
    [InlineData("""{"match":"/me","delay":"1s"}""", "a number of seconds")]
    [InlineData("""{"match":"/me","drop":1}""", "true or false")]
    [InlineData("""{"match":"/me","drop":true,"status":500}""", "\"drop\" goes with neither")]
    [InlineData("""{"match":"/me","headers":{"x":1}}""", "\"x\" is 1; it must be a string")]
    [InlineData("""{"match":"/me","headers":{"x y":"1"}}""", "printable ASCII")]
    [InlineData("""{"match":"/me","state":500}""", "\"state\" is not a field of a fault")]
    public async Task Bad_fault_is_refused_with_what_is_wrong(string json, string says)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(time: _clock);

        using HttpResponseMessage response = await client.SendAsync("POST", "/_faults", json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await SimulatorClient.ErrorAsync(response));
        Assert.Equal("[]", await client.TextAsync("/_faults"));
    }

    [Fact]
    public async Task Listed_fault_can_be_added_again_as_it_is()
    {
        await using SimulatorClient client = await CreateAsync("""{"match":"/me","status":503,"retryAfter":"1","delay":1.5,"headers":{"x":"y"}}""");
        JsonElement listed = (await client.JsonAsync("/_faults"))[0];

        Assert.Equal(201, await client.StatusAsync("/_faults", "POST", listed.GetRawText()));

        JsonElement both = await client.JsonAsync("/_faults");
        Assert.Equal(both[0].GetRawText(), both[1].GetRawText());
    }

    private async Task<SimulatorClient> CreateAsync(params string[] faults)
    {
        SimulatorClient client = await SimulatorClient.StartAsync(time: _clock);
        foreach (string fault in faults)
            Assert.Equal(201, await client.StatusAsync("/_faults", "POST", fault));
        return client;
    }
}
