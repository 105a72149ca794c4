using System.Net;
using System.Text;
using Courier.Contracts;
using Courier.Origin;
using Courier.StatusPages;
using Courier.Tests.Sinks;
using Courier.Tests.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Tests.StatusPages;

public sealed class StatusPageTests
{
    private const string Summary = """
        { "page": { "id": "abc", "name": "Vendor", "url": "https://elsewhere.test", "time_zone": "Etc/UTC", "updated_at": "2026-01-01T00:00:00Z" },
          "components": [ { "id": "api", "status": "partial_outage" } ],
          "incidents": [
            { "id": "1", "name": "API errors", "status": "investigating", "impact": "major", "shortlink": "https://stspg.io/1", "created_at": "2026-01-01T00:00:00.000Z", "started_at": "2025-12-31T23:50:00.000Z" },
            { "id": "2", "name": "Slow pages", "status": "resolved", "impact": "minor", "shortlink": "https://stspg.io/2", "created_at": "2025-12-30T00:00:00.000Z" },
            { "id": "3", "name": "An old one", "status": "postmortem", "impact": "minor", "shortlink": "https://stspg.io/3", "created_at": "2025-12-30T00:00:00.000Z" },
            { "id": "4", "name": "Reports late", "status": "monitoring", "impact": "none", "shortlink": "javascript:alert(1)", "created_at": "2026-01-01T00:00:00+02:00" } ],
          "scheduled_maintenances": [],
          "status": { "indicator": "major", "description": "Partial System Outage" } }
        """;

    private readonly FakeClock _clock = new();
    private readonly LogLines<StatusPage> _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://status.api.test", "https://status.api.test/api/v2/summary.json")]
    [InlineData("https://status.api.test/", "https://status.api.test/api/v2/summary.json")]
    [InlineData("https://status.api.test/eu/?lang=en#top", "https://status.api.test/eu/api/v2/summary.json")]
    public async Task Summary_is_asked_for_below_the_page_s_address_without_the_key(string url, string asked)
    {
        StubApi network = CreateNetwork(Summary);

        await CreatePage(network, url).ReadAsync(Cancelled);

        SentRequest sent = Assert.Single(network.Sent);
        Assert.Equal(("GET", asked), (sent.Method, sent.Uri.AbsoluteUri));
        Assert.DoesNotContain("Authorization", sent.Headers.Keys);
    }

    [Fact]
    public async Task Open_incidents_are_quoted()
    {
        VendorStatus status = (await CreatePage(CreateNetwork(Summary)).ReadAsync(Cancelled))!;

        Assert.Equal(("major", "Partial System Outage", "https://status.api.test"), (status.Indicator, status.Description, status.Page));
        Assert.Equal(["API errors", "Reports late"], status.Incidents.Select(incident => incident.Name));
        Assert.Equal(("investigating", "major", "https://stspg.io/1"), (status.Incidents[0].Status, status.Incidents[0].Impact, status.Incidents[0].Url));
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 50, 0, TimeSpan.Zero), status.Incidents[0].Since);
        Assert.Null(status.Incidents[1].Url);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Many_long_incidents_are_cut()
    {
        string incident = $$"""{"name":"{{new string('n', 9000)}}","status":"identified","impact":"major","shortlink":"https://stspg.io/1"}""";
        string summary = $$"""{"status":{"indicator":"major"},"incidents":[{{string.Join(',', Enumerable.Repeat(incident, 20))}}]}""";

        VendorStatus status = (await CreatePage(CreateNetwork(summary)).ReadAsync(Cancelled))!;

        Assert.Equal(5, status.Incidents.Count);
        Assert.All(status.Incidents, one => Assert.Equal(200, one.Name.Length));
        Assert.Equal("major", status.Description);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>We are down</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"status":"none"}""")]
    [InlineData("""{"status":{"indicator":1}}""")]
    [InlineData("""{"status":{"indicator":"none"},"incidents":[}""")]
    public async Task Unreadable_summary_is_none(string body)
    {
        Assert.Null(await CreatePage(CreateNetwork(body)).ReadAsync(Cancelled));

        Assert.Equal((LogLevel.Information, "status-page.unreadable"), (Assert.Single(_log.Lines).Level, _log.Lines[0].Event.Name));
    }

    [Theory]
    [InlineData("""{"status":{"indicator":"none"},"incidents":{"a":1}}""", 0)]
    [InlineData("""{"status":{"indicator":"none"},"incidents":[1,"x",null,{"name":2}]}""", 4)]
    public async Task Odd_incidents_are_no_obstacle(string body, int incidents) =>
        Assert.Equal(incidents, (await CreatePage(CreateNetwork(body)).ReadAsync(Cancelled))!.Incidents.Count);

    [Theory]
    [InlineData(301)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Other_answer_is_none(int status)
    {
        Assert.Null(await CreatePage(new StubApi((HttpStatusCode)status)).ReadAsync(Cancelled));

        Assert.Contains($"it answered {status}", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256 * 1024, true)]
    [InlineData((256 * 1024) + 1, false)]
    public async Task Endless_summary_is_read_to_256_kilobytes(int length, bool read)
    {
        string body = """{"status":{"indicator":"none"}}""".PadRight(length);

        Assert.Equal(read, await CreatePage(CreateNetwork(body)).ReadAsync(Cancelled) is not null);
    }

    [Fact]
    public async Task Page_that_cannot_be_reached_is_none()
    {
        StubApi network = new((_, _) => throw new HttpRequestException("refused"));

        Assert.Null(await CreatePage(network).ReadAsync(Cancelled));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Page_that_does_not_answer_is_left_after_three_seconds()
    {
        StubApi network = new(async (_, cancellationToken) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return new HttpResponseMessage();
        });
        DateTimeOffset began = _clock.GetUtcNow();

        VendorStatus? status = await _clock.RunAsync(() => CreatePage(network).ReadAsync(Cancelled));

        Assert.Null(status);
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.GetUtcNow() - began);
        Assert.Contains("no answer within 3 s", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_page_nothing_is_asked() => Assert.Null(await CreatePage(new StubApi(), null).ReadAsync(Cancelled));

    [Fact]
    public async Task Stopped_host_ends_the_reading()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CreatePage(CreateNetwork(Summary)).ReadAsync(stop.Token));
    }

    private static StubApi CreateNetwork(string body) =>
        new((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) }));

    private StatusPage CreatePage(StubApi network, string? url = "https://status.api.test") =>
        new(new StubHttp(network), Options.Create(new ApiOptions { StatusPageUrl = url is null ? null : new Uri(url) }), _clock, _log);
}
