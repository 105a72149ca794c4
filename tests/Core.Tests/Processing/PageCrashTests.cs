using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Killed anywhere in a list: every page has its result, and no page goes on twice.</summary>
public sealed class PageCrashTests
{
    private const string Message = """{"id":"r1","method":"GET","path":"/list","paginate":true}""";

    /// <summary>What three pages change in storage, in order: result, next page, marker, the original's removal.</summary>
    private static readonly string[] s_changes =
    [
        "send api-results", "send api-requests", "delete api-requests",
        "send api-results", "send api-requests", "write api-requests", "delete api-requests",
        "send api-results", "write api-requests", "delete api-requests",
    ];

    public static TheoryData<int, bool> Crashes =>
        [.. Enumerable.Range(0, s_changes.Length).SelectMany(change => ((int, bool)[])[(change, false), (change, true)])];

    [Fact]
    public async Task Page_is_settled_in_this_order()
    {
        await using TestCourier courier = await CreateCourierAsync(new PagedApi(pages: 3));

        await courier.ProcessAsync();

        Assert.Equal(s_changes, Storage(courier).Changes);
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task Crash_at_any_write_loses_no_page_and_starts_no_second_chain(int change, bool after)
    {
        PagedApi api = new(pages: 3);
        await using TestCourier courier = await CreateCourierAsync(api);
        Storage(courier).FailAt(change, after);

        await Assert.ThrowsAsync<OperationCanceledException>(courier.ProcessAsync);

        Storage(courier).Mend();
        courier.Clock.Advance(TimeSpan.FromMinutes(10));
        await courier.ProcessAsync();
        Assert.Equal(["r1", "r1~2", "r1~3"], (await courier.ResultsAsync()).Select(result => result.GetProperty("id").GetString()).Distinct().Order());
        Assert.InRange(api.Network.Sent.Count, 3, 4); // only the page that was interrupted is called again
        Assert.Empty(await courier.DeadLettersAsync());
        Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task Repeated_delivery_of_a_settled_page_does_nothing(int status)
    {
        PagedApi api = new(pages: 2, (page, _) => page == 2 ? TestAnswers.Create(status) : null);
        await using TestCourier courier = await CreateCourierAsync(api);
        await ProcessOneAsync(courier);
        QueuedMessage second = await ProcessOneAsync(courier);

        await courier.Get<RequestProcessor>().ProcessAsync(second with { DequeueCount = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], api.Asked);
        Assert.Equal(2, (await courier.ResultsAsync()).Count + (await courier.DeadLettersAsync()).Count);
    }

    [Fact]
    public async Task Page_that_waits_leaves_no_marker()
    {
        PagedApi api = new(pages: 2, (page, call) => page == 2 && call == 1 ? TestAnswers.Create(429) : null);
        await using TestCourier courier = await CreateCourierAsync(api);

        await courier.ProcessAsync();

        Assert.Empty(await courier.BlobsAsync(courier.Storage.RequestBodies));
        await courier.ProcessThroughAsync(hours: 1);
        Assert.StartsWith("pages/r1~2/", Assert.Single(await courier.BlobsAsync(courier.Storage.RequestBodies)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_that_killed_the_worker_is_dead_lettered_once()
    {
        await using TestCourier courier = await CreateCourierAsync(new PagedApi(pages: 2));
        await ProcessOneAsync(courier);
        QueuedMessage second = await courier.TakeAsync();
        QueuedMessage poison = second with { Id = "poison" };

        await courier.Get<PoisonCapture>().CaptureAsync(poison, TestContext.Current.CancellationToken);
        await courier.Get<PoisonCapture>().CaptureAsync(poison, TestContext.Current.CancellationToken);

        JsonElement letter = Assert.Single(await courier.DeadLettersAsync());
        Assert.Equal(("r1~2", "crashed"), (letter.GetProperty("id").GetString(), letter.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Request_without_pages_costs_nothing_more()
    {
        await using TestCourier courier = TestCourier.Create(
            TestAnswers.Always(200, """{"next_cursor":"a"}""", "application/json", ("Link", "</list?page=2>; rel=\"next\"")),
            storage: new FailingStorage(new InMemoryStorage(new FakeClock())) { Broken = "read api-requests" });
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/list"}""");
        Storage(courier).Mend();

        await courier.ProcessAsync();

        Assert.Equal(["send api-results", "delete api-requests"], Storage(courier).Changes);
    }

    /// <summary>As a host does; the message remains at hand.</summary>
    private static async Task<QueuedMessage> ProcessOneAsync(TestCourier courier)
    {
        QueuedMessage message = await courier.TakeAsync();
        await courier.Get<RequestProcessor>().ProcessAsync(message, TestContext.Current.CancellationToken);
        await courier.Storage.Requests.DeleteAsync(message, TestContext.Current.CancellationToken);
        return message;
    }

    private static FailingStorage Storage(TestCourier courier) => (FailingStorage)courier.Get<IStorage>();

    private static async Task<TestCourier> CreateCourierAsync(PagedApi api)
    {
        FakeClock clock = new();
        TestCourier courier = TestCourier.Create(api.Network, clock, storage: new FailingStorage(new InMemoryStorage(clock)));
        await courier.PostAsync(Message);
        Storage(courier).Mend();
        return courier;
    }
}
