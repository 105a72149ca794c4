using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Quota;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>A 429 and mere waiting, through the whole of Courier.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Refusal_closes_the_gate_for_everybody_and_the_refused_one_keeps_its_place()
    {
        int calls = 0;
        await using TestCourier courier = Paced.Create(_ => ++calls == 1 ? TestAnswers.Create(429, "", ("Retry-After", "600"), ("RateLimit", "\"hour\";r=0")) : TestAnswers.Create(200, "{}"));
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessAsync();
        DateTimeOffset opens = courier.Calls[0].At + TimeSpan.FromSeconds(600.5);
        await courier.ProcessUntilAsync(opens - TimeSpan.FromSeconds(1.1));
        int before = courier.Calls.Count;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(1, before);
        Assert.Equal(["/a", "/a", "/b"], courier.Paths);
        Assert.Equal(opens, courier.Calls[1].At, TimeSpan.FromSeconds(1));
        Assert.True(courier.Calls[1].At >= opens);
    }

    [Fact]
    public async Task Refusal_closes_the_gate_of_another_instance_too()
    {
        await using TestCourier courier = Paced.Create(_ => TestAnswers.Create(429, "", ("Retry-After", "600")));
        await using TestCourier other = courier.Beside();
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();

        await other.PostCallsAsync("/b");
        await other.ProcessForAsync(TimeSpan.FromMinutes(9));

        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task Parked_request_on_another_instance_learns_of_the_closed_gate()
    {
        await using TestCourier courier = Paced.Create(_ => TestAnswers.Create(429, "", ("Retry-After", "600")));
        await using TestCourier other = courier.Beside();
        await other.PostCallsAsync("/a", "/b");
        await other.ProcessAsync(); // /b is parked for its slot, 61 seconds from now
        courier.Clock.Advance(TimeSpan.FromSeconds(30));
        await courier.PostAsync("""{"method":"GET","path":"/c","priority":"high"}""");
        await courier.ProcessAsync();

        await other.ProcessForAsync(TimeSpan.FromMinutes(9));

        Assert.Equal(["/c", "/probe"], courier.Paths);
        Assert.Equal(["/a"], other.Paths);
    }

    [Theory]
    [InlineData("0", 0.5)]
    [InlineData("-5", 30.5)]
    [InlineData("abc", 30.5)]
    [InlineData("", 30.5)]
    [InlineData("Mon, 01 Jan 2024 00:00:00 GMT", 0.5)]
    [InlineData("315360000", 3600.5)]
    [InlineData("99999999999999999999", 3600.5)]
    [InlineData("Tue, 01 Jan 2036 00:00:00 GMT", 3600.5)]
    public async Task Gate_is_never_closed_for_longer_than_the_window(string retryAfter, double seconds)
    {
        await using TestCourier courier = Paced.Create(_ => TestAnswers.Create(429, "", ("Retry-After", retryAfter)));
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();

        LedgerState state = await courier.LedgerAsync();

        Assert.Equal(courier.Calls[0].At.AddSeconds(seconds), state.ClosedUntil);
    }

    [Fact]
    public async Task Waiting_for_quota_uses_no_attempt_and_does_not_age_the_request()
    {
        await using TestCourier courier = Paced.Create(path => TestAnswers.Create(path == "/a" ? 503 : 200, "{}"), ("Routing:MaxAge", "00:05:00"));
        await courier.PostCallsAsync(["/a", .. Enumerable.Range(0, 10).Select(i => $"/{i}")]);
        await courier.ProcessUntilAsync(new DateTimeOffset(2026, 1, 1, 0, 11, 0, TimeSpan.Zero));
        Assert.Single(courier.Paths, path => path == "/a");

        await WaitForVisibleAsync(courier);
        Delivery delivery = await courier.DeliveryAsync();
        TimeSpan age = delivery.Age(courier.Clock.GetUtcNow());
        await courier.ProcessAsync();

        Assert.Equal(1, delivery.Attempt);
        Assert.InRange(delivery.Waited.TotalSeconds, 630, 650);
        Assert.InRange(age.TotalSeconds, 29, 32);
        Assert.Equal(2, courier.Paths.Count(path => path == "/a"));
        Assert.Empty(await courier.ReasonsAsync());
        Assert.Equal(1, await courier.WaitingAsync());
    }

    /// <summary>Nothing but the request of the test is left by then.</summary>
    private static async Task WaitForVisibleAsync(TestCourier courier)
    {
        Assert.Equal(1, await courier.WaitingAsync());
        DateTimeOffset turn = courier.Calls[0].At + (Paced.Interval * 11);
        courier.Clock.Advance(turn - courier.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
    }
}
