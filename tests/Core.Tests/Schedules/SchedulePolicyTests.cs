using Courier.Schedules;
using Courier.Tests.Quota;
using static Courier.Tests.Schedules.TestSchedules;

namespace Courier.Tests.Schedules;

/// <summary>What is due, for a schedule at each full hour.</summary>
public sealed class SchedulePolicyTests
{
    [Theory]
    [InlineData("6:00", "6:59:59.4", null)] // not due
    [InlineData("6:00", "7:00", "7:00")] // due
    [InlineData("6:00", "7:00:12", "7:00")] // late
    [InlineData("6:00", "6:59:59.5", "7:00")] // the timer was early
    [InlineData("7:00", "7:00", null)] // run already
    [InlineData("7:00", "6:59:59.9", null)] // run early, and again a little later
    [InlineData("0:00", "23:59", "23:00")] // downtime: once, not 23 times
    [InlineData("9:00", "7:00", null)] // the clock was set back
    [InlineData("6:10", "7:00", "7:00")] // first seen at 6:10
    public void Due_is_the_latest_tick_after_the_last(string last, string now, string? tick) =>
        Assert.Equal(tick is null ? [] : [At(tick)], DueTicks(Create(), Entry(At(last)), At(now)));

    [Theory]
    [InlineData("6:00", "6:10", null)] // held by another
    [InlineData("6:00", "6:10:00.001", "6:00")] // its runner died: the same tick
    [InlineData("6:00", "9:30", "6:00")] // also when newer ones have passed
    [InlineData("7:00", "6:55", null)] // the clock was set back a little
    [InlineData("7:00", "6:49", "7:00")] // set back so far that the claim says nothing
    public void Claimed_tick_belongs_to_its_runner_for_ten_minutes(string since, string now, string? tick) =>
        Assert.Equal(tick is null ? [] : [At(tick)], DueTicks(Create(), Entry(At("5:00"), running: At(since)), At(now)));

    [Fact]
    public void First_sight_runs_nothing_and_begins_now()
    {
        (ScheduleState next, IReadOnlyList<ScheduledRun> runs) = SchedulePolicy.Claim([Create()], null, At("6:30"));

        Assert.Empty(runs);
        Assert.Equal([Entry(At("6:30")) with { SeenAt = At("6:30") }], next.Schedules);
    }

    [Fact]
    public void Claim_names_tick_and_time_and_keeps_the_last_tick()
    {
        (ScheduleState next, IReadOnlyList<ScheduledRun> runs) = SchedulePolicy.Claim([Create()], State(Entry(At("3:00"))), At("6:00:01"));

        Assert.Equal((At("6:00"), At("3:00"), "a-20260101T060000Z"), runs.Select(run => (run.Tick, run.After, run.Id)).Single());
        Assert.Equal([Entry(At("3:00"), running: At("6:00"), since: At("6:00:01"))], next.Schedules);
    }

    [Fact]
    public void Changed_expression_counts_from_the_last_run()
    {
        ScheduleEntry entry = Entry(At("6:00"));

        Assert.Equal([At("7:30")], DueTicks(Create(cron: "0 30 * * * *"), entry, At("8:00")));
        Assert.Empty(DueTicks(Create(cron: "0 0 6 * * *"), entry, At("8:00")));
    }

    [Fact]
    public void Name_in_other_capitals_is_the_same_schedule() => Assert.Empty(DueTicks(Create("A"), Entry(At("6:00"), "a"), At("6:30")));

    [Fact]
    public void Four_at_a_time_are_claimed_and_those_first_that_have_waited_longest()
    {
        Schedule[] schedules = [.. Enumerable.Range(1, 6).Select(number => Create($"s{number}"))];
        ScheduleState state = State([.. Enumerable.Range(1, 6).Select(number => Entry(At($"{7 - number}:00"), $"s{number}"))]);

        (ScheduleState next, IReadOnlyList<ScheduledRun> runs) = SchedulePolicy.Claim(schedules, state, At("8:00"));

        Assert.Equal(["s6", "s5", "s4", "s3"], runs.Select(run => run.Schedule.Name));
        Assert.Equal(["s2", "s1"], SchedulePolicy.Claim(schedules, next, At("8:00")).Runs.Select(run => run.Schedule.Name));
    }

    [Fact]
    public void Nothing_due_changes_nothing()
    {
        ScheduleState state = State(Entry(At("6:00")), Entry(At("5:00"), "b", running: At("6:00")));

        Assert.Equal(state.Schedules, SchedulePolicy.Claim([Create(), Create("b")], state, At("6:05")).Next.Schedules);
    }

    [Theory]
    [InlineData("6:00", "6:00", null)]
    [InlineData("7:00", "5:00", "7:00")] // somebody else's claim on another tick
    [InlineData(null, "5:00", null)] // done already
    public void Done_is_noted_on_the_claim_of_that_tick_only(string? running, string lastTick, string? left)
    {
        ScheduledRun run = new(Create(), At("6:00"), At("5:00"));
        ScheduleState state = State(Entry(At("5:00"), running: running is null ? null : At(running)), Entry(At("1:00"), "b", running: At("6:00")));

        ScheduleState done = SchedulePolicy.Done(state, run);

        Assert.Equal([Entry(At(lastTick), running: left is null ? null : At(left)), state.Schedules![1]], done.Schedules);
    }

    [Fact]
    public void Done_without_a_state_leaves_none_behind() => Assert.Empty(SchedulePolicy.Done(null, new ScheduledRun(Create(), At("6:00"), At("5:00"))).Schedules!);

    /// <summary>Timers that fire at any time, runners that die, clocks that jump.</summary>
    [Fact]
    public void Ticks_are_done_in_order_and_each_once() => RandomWalk.Hold(500, random =>
    {
        Schedule schedule = Create(cron: "*/20 */3 * * * *");
        ScheduleState? state = null;
        DateTimeOffset now = At("0:00");
        List<DateTimeOffset> done = [];
        for (int pass = 0; pass < 60; pass++)
        {
            now += random.Seconds(-30, random.Next(10) == 0 ? 5000 : 120);
            (state, IReadOnlyList<ScheduledRun> runs) = SchedulePolicy.Claim([schedule], state, now);
            if (runs is [var run] && random.Next(4) > 0)
            {
                state = SchedulePolicy.Done(state, run);
                done.Add(run.Tick);
            }
        }

        Assert.Equal(done.Distinct().Order(), done);
        Assert.All(done, tick => Assert.True(tick <= now.AddHours(1)));
    });
}
