using Courier.Health;
using Courier.Outages;
using Courier.Tests.Health;
using static Courier.Tests.Health.TestWindows;

namespace Courier.Tests.Outages;

public sealed class OutagePolicyTests
{
    private static readonly OutageOptions s_options = new();

    public static TheoryData<string, string, bool?> NotOpened => new()
    {
        { "nothing is called", "", null },
        { "all is well", Good(10), null },
        { "a blip", Good(5) + "xxx" + "oooooo", null },
        { "not long enough", Good(5) + Bad(1), null },
        { "not long enough, with a probe", Good(5) + Bad(1), false },
        { "a good look in between", Bad(2) + "oo" + Bad(1), null },
        { "it is over", Bad(5) + "oo", null },
        { "so long ago that it says nothing about now", Bad(5) + "..........", null },
        { "few calls", "x" + new string('.', 12) + "x", null },
    };

    public static TheoryData<string, string, bool?> Opened => new()
    {
        { "two minutes", Bad(2) + "x", null },
        { "two minutes, half of the calls", new string('h', 13), null },
        { "with a probe that fails just now", Bad(2) + ".", false },
        { "few calls and a probe", "xx" + new string('.', 60), false },
        { "after an hour", Good(5) + Bad(50), null },
    };

    [Theory]
    [MemberData(nameof(NotOpened))]
    public void No_outage_is_opened(string because, string drawing, bool? probe) =>
        Assert.Equal((because, null, null), (because, Evaluate(drawing, OutageState.None, probe).News, Evaluate(drawing, OutageState.None, probe).State.Since));

    [Theory]
    [MemberData(nameof(Opened))]
    public void Outage_is_opened(string because, string drawing, bool? probe)
    {
        (OutageState state, OutageNews? alert) = Evaluate(drawing, OutageState.None, probe);

        Assert.Equal((because, OutageNews.Opened, Now), (because, alert, state.ToldAt));
        Assert.Equal(Now - TimeSpan.FromSeconds((10 * drawing.TrimStart('o').Length) - 5), state.Since);
        Assert.Equal(probe == false, state.ProbeFailed);
    }

    [Theory]
    [InlineData("oooo", false, true)] // it began after calls that succeeded, and they are not among the last
    [InlineData("", false, true)]
    [InlineData("hh", true, false)]
    public void Outage_is_total_when_nothing_has_succeeded_lately(string before, bool isLately, bool isTotal) =>
        Assert.Equal(isTotal, Evaluate(isLately ? Bad(2) + before : before + Bad(2) + "x", OutageState.None, null).State.IsTotal);

    [Theory]
    [InlineData(59, 0, false)]
    [InlineData(60, 0, true)]
    [InlineData(119, 61, false)] // the one before came late
    [InlineData(120, 61, true)]
    [InlineData(185, 61, true)]
    public void Reminder_comes_as_often_as_is_set(int openedMinutesAgo, int toldAfter, bool comes)
    {
        DateTimeOffset opened = Now - TimeSpan.FromMinutes(openedMinutesAgo);

        (OutageState state, OutageNews? alert) = Evaluate(Bad(3), Open(opened: opened) with { ToldAt = opened.AddMinutes(toldAfter) }, false);

        Assert.Equal(comes ? OutageNews.Continues : null, alert);
        Assert.Equal(comes ? Now : opened.AddMinutes(toldAfter), state.ToldAt);
    }

    [Theory]
    [InlineData("a call succeeds", "xxoo", null, true, false, true)]
    [InlineData("a call succeeds, the probe is refused", "xxoo", false, true, false, false)]
    [InlineData("a probe succeeds where others failed", "xxxx", true, true, true, true)]
    [InlineData("a probe succeeds that never failed", "xxxx", true, true, false, false)]
    [InlineData("the last calls are an hour ago, and a probe succeeds", "", true, true, false, true)]
    [InlineData("nobody knows", "", null, true, true, false)]
    [InlineData("success long ago", "xxoo..........", null, true, false, false)]
    [InlineData("half of the calls fail still", "hhhh", null, true, false, false)]
    [InlineData("it was partial, and one look is good", "xxoo", null, false, false, false)]
    [InlineData("it was partial, and a probe succeeds", "xxoo", true, false, true, false)]
    [InlineData("it was partial, and two minutes are good", "xxoooooooooooo", null, false, false, true)]
    public void Outage_is_over(string because, string drawing, bool? probe, bool isTotal, bool probeFailed, bool isOver)
    {
        (OutageState state, OutageNews? alert) = Evaluate(drawing, Open() with { IsTotal = isTotal, ProbeFailed = probeFailed }, probe);

        Assert.Equal((because, isOver ? OutageNews.Over : null), (because, alert));
        Assert.Equal(isOver ? OutageState.None with { ClosedAt = Now } : Open() with { IsTotal = isTotal, ProbeFailed = probeFailed || probe == false }, state);
    }

    [Theory]
    [InlineData(4, 20, false)]
    [InlineData(5, 20, true)]
    [InlineData(1, 31, true)]
    public void Outage_that_follows_another_is_over_after_a_calm_window(int calmMinutes, int openedMinutesAfterTheOther, bool isOver)
    {
        OutageState relapse = Open() with { ClosedAt = Open().OpenedAt - TimeSpan.FromMinutes(openedMinutesAfterTheOther), ProbeFailed = true };

        Assert.Equal(isOver ? OutageNews.Over : null, Evaluate("xx" + Good(calmMinutes), relapse, true).News);
    }

    [Fact]
    public void Single_errors_do_not_keep_it_open()
    {
        OutageState relapse = Open() with { ClosedAt = Open().OpenedAt.AddMinutes(-3) };
        HealthWindow window = Of(Good(6));
        HealthWindow withErrors = window with { Buckets = [.. window.Buckets.Select((bucket, index) => index % 6 == 0 ? bucket with { Calls = 20, Failures = 1 } : bucket)] };

        Assert.Equal(OutageNews.Over, OutagePolicy.Evaluate(withErrors, null, relapse, s_options, Now).News);
    }

    [Fact]
    public void What_failed_in_an_outage_that_is_over_does_not_open_another()
    {
        OutageState closed = OutageState.None with { ClosedAt = Now - TimeSpan.FromMinutes(3) };
        string drawing = Bad(5) + new string('.', 18) + "x";

        Assert.Null(Evaluate(drawing, closed, false).News);
        Assert.Equal(OutageNews.Opened, Evaluate(drawing, OutageState.None, false).News);
        Assert.False(OutagePolicy.NeedsProbe(Of(Bad(5) + new string('.', 19)), closed, s_options, Now));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("oooo", false)]
    [InlineData("oooox", true)]
    [InlineData("xxxx....................", true)]
    [InlineData("xxxxxxxxxxxxxxxx", false)] // it is an outage without it
    public void Probe_is_wanted_where_it_would_tell_more(string drawing, bool isWanted) =>
        Assert.Equal(isWanted, OutagePolicy.NeedsProbe(Of(drawing), OutageState.None, s_options, Now));

    [Fact]
    public void Probe_is_wanted_as_long_as_there_is_an_outage() => Assert.True(OutagePolicy.NeedsProbe(Of(""), Open(), s_options, Now));

    private static (OutageState State, OutageNews? News) Evaluate(string drawing, OutageState state, bool? probe) => OutagePolicy.Evaluate(Of(drawing), probe, state, s_options, Now);

    private static OutageState Open(DateTimeOffset? opened = null) => new(
        (opened ?? Now.AddMinutes(-20)).AddMinutes(-3), opened ?? Now.AddMinutes(-20), opened ?? Now.AddMinutes(-20), null, IsTotal: true, ProbeFailed: false);
}
