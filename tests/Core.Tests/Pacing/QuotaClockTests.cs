using Courier.Pacing;

namespace Courier.Tests.Pacing;

public sealed class QuotaClockTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_exactness = TimeSpan.FromMicroseconds(10);

    [Theory]
    [InlineData(0)]
    [InlineData(0.75)]
    [InlineData(86_400.5)]
    public void At_full_rate_it_runs_with_the_wall_clock(double seconds)
    {
        DateTimeOffset later = s_start.AddSeconds(seconds);

        Assert.Equal(later, CreateClock().Now(later));
        Assert.Equal(later, CreateClock().TurnOf(later));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    public void Closed_gate_stops_it_until_the_gate_opens(int minute, int slotMinute)
    {
        QuotaClock closed = CreateClock().StoppedUntil(s_start.AddMinutes(10), s_start.AddMinutes(1));

        Assert.Equal(s_start.AddMinutes(slotMinute), closed.Now(s_start.AddMinutes(minute)));
    }

    [Fact]
    public void Gate_never_opens_earlier_than_it_was_going_to()
    {
        QuotaClock closed = CreateClock().StoppedUntil(s_start.AddMinutes(10), s_start.AddMinutes(1));

        Assert.Equal(closed, closed.StoppedUntil(s_start.AddMinutes(5), s_start.AddMinutes(2)));
    }

    [Fact]
    public void Slower_clock_regains_its_speed_steadily()
    {
        QuotaClock slow = CreateClock(rate: 0.9);

        Assert.Equal(0.9, slow.RateAt(s_start), 6);
        Assert.Equal(0.95, slow.RateAt(s_start.AddHours(1)), 6);
        Assert.Equal(1, slow.RateAt(s_start.AddHours(2)), 6);
        Assert.Equal(1, slow.RateAt(s_start.AddDays(400)));
        Assert.Equal(s_start.AddHours(2 * 0.95), slow.Now(s_start.AddHours(2)), s_exactness);
        Assert.Equal(s_start.AddHours((2 * 0.95) + 1), slow.Now(s_start.AddHours(3)), s_exactness);
    }

    [Fact]
    public void Turn_is_when_the_clock_shows_the_slot() => RandomWalk.Hold(2000, random =>
    {
        QuotaClock clock = CreateClock(random);
        DateTimeOffset slot = clock.Slot + random.Seconds(0, Math.Pow(10, 1 + (6 * random.NextDouble())));

        Assert.Equal(slot, clock.Now(clock.TurnOf(slot)), s_exactness);
    });

    [Fact]
    public void Slot_that_the_clock_shows_is_the_one_whose_turn_it_is() => RandomWalk.Hold(2000, random =>
    {
        QuotaClock clock = CreateClock(random);
        DateTimeOffset now = clock.At + random.Seconds(0, 1_000_000);

        Assert.Equal(now, clock.TurnOf(clock.Now(now)), s_exactness);
    });

    [Fact]
    public void Earlier_slots_never_have_a_later_turn() => RandomWalk.Hold(1000, random =>
    {
        QuotaClock clock = CreateClock(random);
        DateTimeOffset first = clock.Slot + random.Seconds(-10_000, 100_000);

        Assert.True(clock.TurnOf(first) <= clock.TurnOf(first + random.Seconds(0, 1000)));
    });

    [Fact]
    public void Set_back_clock_shows_every_slot_later_by_that_much() => RandomWalk.Hold(1000, random =>
    {
        QuotaClock clock = CreateClock(random);
        TimeSpan by = random.Seconds(0, 1000);
        DateTimeOffset later = clock.At + random.Seconds(0, 100_000);

        Assert.Equal(clock.Now(later) - by, clock.SetBack(by).Now(later), s_exactness);
    });

    [Fact]
    public void At_full_rate_every_turn_is_set_back_by_that_much()
    {
        QuotaClock closed = CreateClock().StoppedUntil(s_start.AddMinutes(10), s_start);
        TimeSpan by = TimeSpan.FromSeconds(0.75);

        foreach (DateTimeOffset slot in Enumerable.Range(1, 100).Select(i => s_start.AddMinutes(i)))
            Assert.Equal(closed.TurnOf(slot) + by, closed.SetBack(by).TurnOf(slot));
    }

    [Fact]
    public void Setting_back_leaves_alone_when_the_gate_opened()
    {
        QuotaClock clock = CreateClock();

        Assert.Equal(clock.At, clock.SetBack(TimeSpan.FromMinutes(1)).At);
    }

    [Fact]
    public void Rate_never_leaves_its_bounds() => RandomWalk.Hold(500, random =>
    {
        QuotaClock clock = CreateClock();
        DateTimeOffset now = s_start;
        for (int step = 0; step < 50; step++)
        {
            now += random.Seconds(0, 5000);
            clock = Change(clock, now, random);
            Assert.InRange(clock.Rate, 0.05, 1);
            Assert.InRange(clock.RateAt(now), 0.05, 1);
        }
    });

    private static QuotaClock CreateClock(double rate = 1) => new(s_start, s_start, rate);

    /// <summary>One that has been through something.</summary>
    private static QuotaClock CreateClock(Random random)
    {
        QuotaClock clock = CreateClock(0.05 + (0.95 * random.NextDouble()));
        DateTimeOffset now = s_start;
        for (int step = random.Next(5); step > 0; step--)
            clock = Change(clock, now += random.Seconds(0, 5000), random);
        return clock;
    }

    private static QuotaClock Change(QuotaClock clock, DateTimeOffset now, Random random) => random.Next(3) switch
    {
        0 => clock.StoppedUntil(now + random.Seconds(-100, 4000), now),
        1 => clock.SlowedBy(random.NextDouble()),
        _ => clock.SetBack(random.Seconds(0, 100)),
    };
}
