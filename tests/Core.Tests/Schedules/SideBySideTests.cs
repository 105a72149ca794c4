using Courier.Contracts;
using Courier.Schedules;
using static Courier.Tests.Schedules.TestSchedules;

namespace Courier.Tests.Schedules;

/// <summary>Deployments that share the storage and have different schedules: a staging slot, or old and new side by side.</summary>
public sealed class SideBySideTests
{
    [Fact]
    public void Schedule_of_another_deployment_is_kept_for_a_week()
    {
        ScheduleState state = State(Entry(At("5:00")), Entry(At("6:00"), "b"));

        ScheduleState next = SchedulePolicy.Claim([Create("b")], state, At("6:30")).Next;
        Assert.Equal(["b", "a"], next.Schedules!.Select(entry => entry.Name));
        Assert.Equal([At("5:00")], next.Schedules!.Where(entry => entry.Name == "a").Select(entry => entry.LastTick));

        Assert.Equal(2, SchedulePolicy.Claim([Create("b")], next, At("0:00", day: 8)).Next.Schedules!.Count);
        Assert.Single(SchedulePolicy.Claim([Create("b")], next, At("1:00", day: 8)).Next.Schedules!);
    }

    [Fact]
    public void Entry_of_an_earlier_version_is_not_forgotten_at_once() =>
        Assert.Equal(2, SchedulePolicy.Claim([Create("b")], State(Entry(At("5:00")) with { SeenAt = null }, Entry(At("6:00"), "b")), At("6:30", day: 20)).Next.Schedules!.Count);

    [Fact]
    public void That_a_schedule_is_set_is_said_once_a_day()
    {
        ScheduleState state = State(Entry(At("6:00")));
        Schedule schedule = Create(cron: "0 0 6 * * *");

        Assert.Equal(At("0:00"), Assert.Single(SchedulePolicy.Claim([schedule], state, At("23:00")).Next.Schedules!).SeenAt);
        Assert.Equal(At("0:01", day: 2), Assert.Single(SchedulePolicy.Claim([schedule], state, At("0:01", day: 2)).Next.Schedules!).SeenAt);
    }

    [Fact]
    public async Task Both_deployments_run_what_is_theirs()
    {
        FakeClock clock = new();
        await using TestCourier blue = TestCourier.Create(clock: clock, settings: Settings("blue"));
        await using TestCourier green = TestCourier.Create(clock: clock, settings: Settings("green"), storage: blue.Account);

        for (int minute = 0; minute <= 180; minute++, clock.Advance(TimeSpan.FromMinutes(1)))
        {
            await RunAsync(blue);
            await RunAsync(green);
        }

        Assert.Equal(3, blue.Calls.Count);
        Assert.Equal(3, green.Calls.Count);
    }

    [Fact]
    public async Task Tick_whose_runs_all_end_badly_is_a_dead_letter_after_the_fifth()
    {
        FakeClock clock = new();
        bool isBroken = true;
        FaultyStorage storage = new(new Courier.Storage.InMemoryStorage(clock), clock, operation => isBroken && operation is { Place: "api-results" or "api-dead-letters" } ? StorageManner.Leased : StorageManner.Well);
        await using TestCourier courier = TestCourier.Create(clock: clock, settings: Settings("hourly"), storage: storage);

        for (int minute = 0; minute <= 200; minute++, clock.Advance(TimeSpan.FromMinutes(1)))
        {
            await RunAsync(courier);
            isBroken = minute < 110;
        }

        Assert.Equal(5 + 2, courier.Calls.Count); // the tick of one o'clock, then those of two (one that was late) and three
        Assert.Equal(["crashed"], await courier.ReasonsAsync());
    }

    private static Task RunAsync(TestCourier courier) => courier.Clock.RunAsync(() => courier.Get<ScheduleRunner>().RunAsync(CancellationToken.None));

    private static Dictionary<string, string?> Settings(string name) => new()
    {
        ["Schedules:0:Name"] = name,
        ["Schedules:0:Cron"] = Hourly,
        ["Schedules:0:Request"] = $$"""{"method":"GET","path":"/{{name}}"}""",
    };
}
