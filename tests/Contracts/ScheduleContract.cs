using System.Net;
using Courier.Schedules;
using Courier.Storage;

namespace Courier.Contracts;

/// <summary>What runners do that share a storage account, on a clock of their own.</summary>
public abstract class ScheduleContract
{
    private const int Schedules = 6;

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Storage that no other test uses; nothing exists in it yet.</summary>
    protected abstract IStorage NewStorage(TimeProvider time);

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public async Task Runners_that_compete_never_run_a_tick_twice(int count)
    {
        IStorage storage = NewStorage(_clock);
        StubApi api = CreateApi();
        TestCourier[] runners = [.. Enumerable.Range(0, count).Select(_ => CreateRunner(storage, api))];
        await runners[0].Storage.EnsureExistsAsync(Cancelled);

        for (int minute = 0; minute <= 3; minute++)
        {
            await Task.WhenAll(runners.Select(runner => Task.Run(() => runner.Get<ScheduleRunner>().RunAsync(Cancelled))));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        string[] expected = [.. Enumerable.Range(1, 3).SelectMany(minute => Enumerable.Range(0, Schedules).Select(number => $"s{number}-20260101T000{minute}00Z"))];
        Assert.Equal(expected.Order(), (await IdsAsync(runners[0])).Order());
        Assert.Equal(expected.Length, api.Sent.Count);
        foreach (TestCourier runner in runners)
            await runner.DisposeAsync();
    }

    [Fact]
    public async Task Claim_of_a_runner_that_died_is_taken_up_once_under_the_same_id()
    {
        IStorage storage = NewStorage(_clock);
        StubApi api = CreateApi();
        await using TestCourier dead = CreateRunner(storage, api);
        await using TestCourier other = CreateRunner(storage, api);
        await dead.Storage.EnsureExistsAsync(Cancelled);
        await dead.Get<ScheduleRunner>().RunAsync(Cancelled);
        _clock.Advance(TimeSpan.FromMinutes(1));
        IReadOnlyList<ScheduledRun> taken = await dead.Get<ScheduleClaims>().TakeAsync(_clock.GetUtcNow(), Cancelled);

        await other.Get<ScheduleRunner>().RunAsync(Cancelled);
        List<string> whileHeld = await IdsAsync(other);
        _clock.Advance(TimeSpan.FromMinutes(10.5));
        await other.Get<ScheduleRunner>().RunAsync(Cancelled);
        await other.Get<ScheduleRunner>().RunAsync(Cancelled);

        Assert.Equal(SchedulePolicy.AtOnce, taken.Count);
        Assert.DoesNotContain(taken.Select(run => run.Id), whileHeld.Contains);
        List<string> afterwards = await IdsAsync(other);
        Assert.All(taken, run => Assert.Single(afterwards, run.Id));
    }

    private static async Task<List<string>> IdsAsync(TestCourier courier) => [.. (await courier.ResultsAsync()).Select(result => result.GetProperty("id").GetString()!)];

    private static StubApi CreateApi() => new((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("") }));

    private TestCourier CreateRunner(IStorage storage, StubApi api) => TestCourier.Create(api, _clock, storage: storage, settings: Enumerable.Range(0, Schedules)
        .SelectMany(number => new KeyValuePair<string, string?>[]
        {
            new($"Schedules:{number}:Name", $"s{number}"),
            new($"Schedules:{number}:Cron", "0 * * * * *"),
            new($"Schedules:{number}:Request", """{"method":"GET","path":"/portfolios"}"""),
        }));
}
