using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;
using Courier.Tests.Messages;

namespace Courier.Tests.Processing;

/// <summary>What the host gave up becomes a dead letter, and is never lost.</summary>
public sealed class PoisonCaptureTests
{
    private const string Request = """
        {"id":"r1","method":"POST","path":"/x","body":{"n":1.10},"metadata":{"team":"a"},"delivery":{"attempt":2,"firstSeenAt":"2025-12-31T10:00:00Z"}}
        """;

    [Fact]
    public async Task Request_that_the_host_gave_up_is_dead_lettered_as_crashed()
    {
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api);

        await CaptureAsync(courier, Request);

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(("r1", "crashed"), (record.GetProperty("id").GetString(), record.GetProperty("reason").GetString()));
        Assert.Equal("""{"id":"r1","method":"POST","path":"/x","body":{"n":1.10},"metadata":{"team":"a"}}""", record.GetProperty("request").GetRawText());
        Assert.Equal("2025-12-31T10:00:00+00:00", record.GetProperty("firstSeenAt").GetString());
        Assert.Contains("may have been carried out", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal("crashed", Assert.Single(await courier.DeadLettersAsync()).GetProperty("reason").GetString());
        Assert.Empty(api.Sent);
    }

    [Theory]
    [InlineData("{\"id\":\"r1\",\"method\":\"get\"}")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{\"metadata\":{\"\\ud800\":1}}")]
    public async Task Malformed_message_that_the_host_gave_up_is_dead_lettered_too(string message)
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());

        await CaptureAsync(courier, message);

        Assert.Equal("crashed", Assert.Single(await courier.RecordsAsync()).GetProperty("reason").GetString());
        Assert.Single(await courier.DeadLettersAsync());
    }

    [Fact]
    public async Task Large_request_is_recorded_whole_and_its_blob_emptied()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostLargeAsync(Request.Replace("1.10", $"\"{new string('a', 100_000)}\"", StringComparison.Ordinal));
        QueuedMessage claim = await courier.TakeAsync();

        await courier.Get<PoisonCapture>().CaptureAsync(claim, TestContext.Current.CancellationToken);

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(100_000, record.GetProperty("request").GetProperty("body").GetProperty("n").GetString()!.Length);
        Assert.Equal("", await courier.BlobTextAsync(courier.Storage.RequestBodies, Assert.Single(await courier.BlobsAsync(courier.Storage.RequestBodies))));
    }

    [Fact]
    public async Task Request_that_was_settled_before_the_crash_is_no_dead_letter()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200));
        await courier.PostLargeAsync(Request.Replace("1.10", $"\"{new string('a', 100_000)}\"", StringComparison.Ordinal));
        QueuedMessage claim = await courier.TakeAsync();
        await courier.Get<RequestProcessor>().ProcessAsync(claim, TestContext.Current.CancellationToken);

        await courier.Get<PoisonCapture>().CaptureAsync(claim, TestContext.Current.CancellationToken);

        Assert.Empty(await courier.RecordsAsync());
        Assert.Empty(await courier.DeadLettersAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Failing_storage_puts_a_copy_back_for_later_at_the_first_failure(int change)
    {
        (TestCourier courier, FailingStorage storage) = CreateCourier();
        await using TestCourier _ = courier;
        storage.FailAt(change, after: false);

        await CaptureAsync(courier, Request);

        Assert.Empty(await courier.Storage.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        courier.Clock.Advance(TimeSpan.FromMinutes(5));
        QueuedMessage again = Assert.Single(await courier.Storage.Poison.ReceiveAsync(1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(Request, Encoding.UTF8.GetString(again.Body.Span));
    }

    [Fact]
    public async Task Host_that_stops_gets_its_exception_and_keeps_the_message()
    {
        (TestCourier courier, FailingStorage storage) = CreateCourier();
        await using TestCourier _ = courier;
        storage.FailAt(0, after: false);

        await Assert.ThrowsAsync<OperationCanceledException>(() => CaptureAsync(courier, Request, new CancellationToken(canceled: true)));

        Assert.Equal(0, await courier.Storage.Poison.CountAsync(TestContext.Current.CancellationToken));
    }

    private static Task CaptureAsync(TestCourier courier, string text, CancellationToken? cancellationToken = null) =>
        courier.Get<PoisonCapture>().CaptureAsync(TestMessages.CreateMessage(text), cancellationToken ?? TestContext.Current.CancellationToken);

    private static (TestCourier Courier, FailingStorage Storage) CreateCourier()
    {
        FakeClock clock = new();
        FailingStorage storage = new(new InMemoryStorage(clock));
        return (TestCourier.Create(new StubApi(), clock, storage: storage), storage);
    }
}
