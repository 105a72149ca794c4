using System.Globalization;
using Courier.Contracts;
using Courier.Storage;
using Courier.Tests.Processing;

namespace Courier.Tests.Quota;

/// <summary>Repetitions in the process are calls like any other.</summary>
public sealed class RepetitionTests
{
    [Theory]
    [InlineData("00:00:10", 10)]
    [InlineData("00:01:00", 20)]
    [InlineData("00:00:01", 5)]
    [InlineData("00:05:00", 20)]
    public async Task Repetitions_in_the_process_stay_within_the_window(string window, int limit)
    {
        FakeClock clock = new();
        int calls = 0;
        StubApi api = new((_, _) => Task.FromResult(TestAnswers.Create(++calls % 2 == 1 ? 503 : 200, "{}")));
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock), Api = api };
        await using TestCourier courier = new(setup.With(
            ("Quota:Limit", $"{limit}"), ("Quota:Window", window), ("Quota:MaxRate", "1000"), ("Quota:Reserve", "0"), ("Resilience:Retries", "1"), ("Resilience:BaseDelay", "00:00:01"), ("Resilience:BreakerMinimumThroughput", "100000")));
        for (int i = 0; i < 3 * limit; i++)
            await courier.PostCallsAsync($"/companies/c{i}");

        courier.IsWatched = false;
        await courier.PassAsync(TimeSpan.FromMinutes(12));

        Assert.InRange(courier.Calls.Count, limit, 1000);
        Assert.InRange(RollingWindow.Most([.. courier.Calls.Select(call => call.At)], TimeSpan.Parse(window, System.Globalization.CultureInfo.InvariantCulture)), 0, limit);
    }

    [Theory]
    [InlineData("00:00:20", 53)]
    [InlineData("00:01:00", 53)]
    [InlineData("00:02:00", 115)]
    [InlineData("00:03:00", 178)]
    public async Task Repetition_is_made_when_there_is_room_and_not_before(string windowText, int second)
    {
        TimeSpan window = TimeSpan.Parse(windowText, System.Globalization.CultureInfo.InvariantCulture);
        const int Limit = 20;
        FakeClock clock = new();
        bool fails = false;
        StubApi api = new((_, _) => Task.FromResult(TestAnswers.Create(fails ? 503 : 200, "{}")));
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock), Api = api };
        await using TestCourier courier = new(setup.With(
            ("Quota:Limit", $"{Limit}"), ("Quota:Window", windowText), ("Quota:MaxRate", "1000"), ("Quota:Reserve", "0"), ("Resilience:Retries", "1"), ("Resilience:BreakerMinimumThroughput", "100000")));
        for (int i = 0; i < Limit - 1; i++)
            await courier.PostCallsAsync($"/{i}");
        await courier.ProcessAsync();
        Assert.Equal(Limit - 1, courier.Calls.Count);
        clock.Advance(TimeSpan.FromSeconds(second > window.TotalSeconds ? window.TotalSeconds - 7 : second));
        fails = true;
        await courier.PostCallsAsync("/last");

        await courier.ProcessAsync();

        Assert.InRange(RollingWindow.Most([.. courier.Calls.Select(call => call.At)], window), 0, Limit);
    }
}
