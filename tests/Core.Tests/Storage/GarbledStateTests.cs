using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Health;
using Courier.Orders;
using Courier.Pacing;
using Courier.Quota;
using Courier.Schedules;
using Courier.Watch;

namespace Courier.Tests.Storage;

/// <summary>What instances share is checked after it is parsed: told once, set aside, and made anew.</summary>
public sealed class GarbledStateTests
{
    private static readonly string[] s_texts =
    [
        "", "null", "[null]", "{}", "[]", "7", "\"x\"", "{\"version\":2}", "{\"version\":-1}", "{\"schedules\":[null]}", "{\"\\ud800\":1}",
        """{"schedules":[{"name":"hourly","lastTick":"9999-12-31T23:59:59Z"}]}""",
        """{"schedules":[{"name":"hourly","lastTick":"0001-01-01T00:00:00Z"}]}""",
        """{"schedules":[{"name":null,"lastTick":"2026-01-01T00:00:00Z"}]}""",
        """{"schedules":[{"name":"hourly","lastTick":"2026-01-01T00:00:00Z","running":{"tick":"9999-01-01T00:00:00Z","since":"9999-01-01T00:00:00Z"}}]}""",
        """{"keyHash":"x","since":"9999-12-31T23:59:59Z","probedAt":"9999-12-31T23:59:59Z"}""",
        """{"watchingSince":"9999-12-31T23:59:59Z"}""",
        """{"watchingSince":"2026-01-01T00:00:00Z","lastSuccessAt":"9999-12-31T23:59:59Z"}""",
        """{"watchingSince":"2026-01-01T00:00:00Z","outage":{"since":"0001-01-01T00:00:00Z"}}""",
        """{"watchingSince":"2026-01-01T00:00:00Z","pending":[null]}""",
        """{"watchingSince":"2026-01-01T00:00:00Z","pending":[{"sinks":["queue"]}]}""",
        """{"key":"0123456789abcdef0123456789abcdef","charges":[],"head":0,"tail":9223372036854775807,"plannedFrom":"2026-01-01T00:00:00Z"}""",
        """{"key":"0123456789abcdef0123456789abcdef","charges":[],"head":0,"tail":1,"plannedFrom":"0001-01-01T00:00:00Z"}""",
        """{"key":"0123456789abcdef0123456789abcdef","charges":[],"head":0,"tail":1,"plannedFrom":"2026-01-01T00:00:00Z","rotation":{"writers":{"a":-9223372036854775808}}}""",
        """{"instance":"i","at":"9999-12-31T23:59:59Z","buckets":[],"failedCalls":[],"deadLetters":[]}""",
        """{"instance":"i","at":"2026-01-01T00:00:00Z","buckets":[{"at":"2026-01-01T00:00:00Z","calls":2147483647}],"failedCalls":[null],"deadLetters":[]}""",
    ];

    public static TheoryData<string, string> Garbled =>
        [.. from blob in (string[])[LedgerStore.Blob, CredentialHold.Blob, ScheduleClaims.Blob, AlertState.Blob, AlertHistory.Blob, "health/x.json"] from text in s_texts select (blob, text)];

    [Theory]
    [MemberData(nameof(Garbled))]
    public async Task Nothing_in_a_shared_document_stops_anything(string blob, string text)
    {
        await using TestCourier courier = Create();
        await courier.Storage.State.WriteAsync(blob, Encoding.UTF8.GetBytes(text), "application/json", CancellationToken.None);
        await courier.PostCallsAsync("/a");

        await courier.PassAsync(TimeSpan.FromHours(2)); // a lost ledger closes for a window
        for (int minute = 0; minute <= 61; minute++, courier.Clock.Advance(TimeSpan.FromMinutes(1)))
            await courier.Clock.RunAsync(() => courier.Get<ScheduleRunner>().RunAsync(CancellationToken.None));

        await courier.PassAsync(TimeSpan.FromHours(1.1));
        Assert.Contains("/a", courier.Paths);
        Assert.Contains("/hourly", courier.Paths);
        Assert.Empty(await courier.RecordsAsync());
    }

    [Theory]
    [InlineData(ScheduleClaims.Blob, "[null]")]
    [InlineData(AlertState.Blob, """{"watchingSince":"9999-12-31T23:59:59Z"}""")]
    [InlineData(LedgerStore.Blob, """{"version":2}""")]
    public async Task What_means_nothing_is_set_aside_once(string blob, string text)
    {
        await using TestCourier courier = Create();
        await using TestCourier other = courier.Beside(new StubApi());
        await courier.Storage.State.WriteAsync(blob, Encoding.UTF8.GetBytes(text), "application/json", CancellationToken.None);
        await courier.PostCallsAsync("/a");

        await courier.PassAsync(TimeSpan.FromMinutes(2));
        foreach (TestCourier each in new[] { courier, other })
            await courier.Clock.RunAsync(() => each.Get<ScheduleRunner>().RunAsync(CancellationToken.None));

        string copy = Assert.Single(await courier.Storage.State.ListAsync("aside/", CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith($"aside/{blob}.", copy, StringComparison.Ordinal);
        Assert.Equal(text, Encoding.UTF8.GetString((await courier.Storage.State.ReadAsync(copy, CancellationToken.None))!.Content.Span));
    }

    [Fact]
    public async Task Report_of_the_future_is_passed_over_until_its_time_has_come()
    {
        await using TestCourier courier = Create();
        await WriteReportAsync(courier, courier.Now.AddMinutes(5));

        HealthWindow before = await courier.Get<HealthReports>().ReadAsync(CancellationToken.None);
        courier.Clock.Advance(TimeSpan.FromMinutes(5));
        HealthWindow after = await courier.Get<HealthReports>().ReadAsync(CancellationToken.None);

        Assert.Equal((0, 3), (before.Buckets.Count, after.Buckets.Sum(bucket => bucket.Calls)));
    }

    [Fact]
    public async Task Report_that_was_renewed_while_it_was_read_is_not_deleted()
    {
        FakeClock clock = new();
        TestCourier? courier = null;
        FaultyStorage storage = new(new Courier.Storage.InMemoryStorage(clock), clock, operation =>
        {
            if (operation is { Verb: "remove", Blob: "health/i.json" })
                WriteReportAsync(courier!, clock.GetUtcNow()).Wait(TestContext.Current.CancellationToken);
            return StorageManner.Well;
        });
        courier = Create(clock, storage);
        await WriteReportAsync(courier, clock.GetUtcNow().AddDays(-1));

        await courier.Get<HealthReports>().ReadAsync(CancellationToken.None);

        Assert.NotNull(await courier.Storage.State.ReadAsync("health/i.json", CancellationToken.None));
        await courier.DisposeAsync();
    }

    [Theory]
    [InlineData("api-state", OrderBook.Blob, """{"cancelled":[null]}""")]
    [InlineData("api-state", OrderBook.Blob, """{"cancelled":[{"id":null}]}""")]
    [InlineData("api-state", OrderBook.Blob, "{")]
    [InlineData("api-requests", "redriven/2026-01-01/r1.json", "{")]
    [InlineData("api-requests", "redriven/2026-01-01/r1.json", """{"run":"\ud800"}""")]
    public async Task Nothing_in_orders_or_marks_stops_a_request(string container, string blob, string text)
    {
        await using TestCourier courier = TestCourier.Create(settings: [new("Quota:Limit", "5000")]);
        await courier.Account.Container(container).WriteAsync(blob, Encoding.UTF8.GetBytes(text), "application/json", CancellationToken.None);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/a","delivery":{"attempt":0,"firstSeenAt":"2026-01-01T00:00:00Z","deadLettered":["2026-01-01T00:00:00Z"],"unclaimed":true,"history":[]}}""");

        await courier.ProcessAsync();

        Assert.Equal(["/a"], courier.Paths);
    }

    [Fact]
    public async Task Deployments_of_different_names_share_no_state()
    {
        await using TestCourier unnamed = Create();
        await using TestCourier staging = unnamed.Beside(new StubApi(), ("Deployment:Name", "staging"));
        await using TestCourier other = unnamed.Beside(new StubApi(), ("Deployment:Name", "other"));

        foreach (TestCourier courier in new[] { unnamed, staging, other })
            await courier.Clock.RunAsync(() => courier.Get<ScheduleRunner>().RunAsync(CancellationToken.None));

        Assert.Equal(
            ["other/schedules.json", "schedules.json", "staging/schedules.json"],
            await unnamed.Account.Container("api-state").ListAsync("", CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["schedules.json"], await staging.Storage.State.ListAsync("", CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["schedules.json"], await staging.Storage.State.ListLabelledAsync("", CancellationToken.None).Select(blob => blob.Name).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static Task WriteReportAsync(TestCourier courier, DateTimeOffset at) => courier.Storage.State.WriteAsync(
        "health/i.json", JsonSerializer.SerializeToUtf8Bytes(new HealthReport("i", at, [new HealthBucket(at, 3, 0, 0)], [], [], null), HealthJson.Format.HealthReport), "application/json", CancellationToken.None);

    private static TestCourier Create(FakeClock? clock = null, Courier.Storage.IStorage? storage = null) => TestCourier.Create(
        clock: clock,
        storage: storage,
        settings:
        [
            new("Quota:Limit", "5000"),
            new("Schedules:0:Name", "hourly"),
            new("Schedules:0:Cron", "0 0 * * * *"),
            new("Schedules:0:Request", """{"method":"GET","path":"/hourly"}"""),
        ]);
}
