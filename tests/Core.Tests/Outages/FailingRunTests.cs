using Courier.Health;
using Courier.Outages;
using Courier.Tests.Health;
using static Courier.Tests.Health.TestWindows;

namespace Courier.Tests.Outages;

public sealed class FailingRunTests
{
    [Theory]
    [InlineData("")]
    [InlineData("oooo")]
    [InlineData("xxxxoo")] // the last calls did not fail
    [InlineData("xxxxoo....")]
    [InlineData("....")]
    public void There_is_none(string drawing) => Assert.Null(FailingRun.Of(Of(drawing), new OutageOptions(), Now));

    [Theory]
    [InlineData("xxxx", 35, 5, 8, 8)]
    [InlineData("ooxxxx", 35, 5, 8, 8)]
    [InlineData("ooxx..xx", 55, 5, 8, 8)] // nothing was called in between
    [InlineData("xx....", 55, 45, 4, 4)]
    [InlineData("xxooxx", 15, 5, 4, 4)] // one good look, and they do not fail all the time
    [InlineData("hhhh", 35, 5, 8, 4)]
    [InlineData("oxxx", 25, 5, 8, 6)] // it began in the middle of a look
    [InlineData("xo", 15, 15, 4, 2)]
    public void It_goes_back_to_the_last_good_look(string drawing, int first, int last, int calls, int failures) =>
        Assert.Equal(new FailingRun(Ago(first), Ago(last), calls, failures), FailingRun.Of(Of(drawing), new OutageOptions(), Now));

    [Theory]
    [InlineData("hhhh", 0.51, false)]
    [InlineData("hhhh", 0.5, true)]
    [InlineData("xxxx", 1, true)]
    [InlineData("xxhx", 1, false)]
    public void Share_of_failures_is_the_setting_s(string drawing, double ratio, bool isRun) =>
        Assert.Equal(isRun, FailingRun.Of(Of(drawing), new OutageOptions { FailureRatio = ratio }, Now) is not null);

    [Theory]
    [InlineData("xxoooo", 40, false)]
    [InlineData("xxoooo", 60, true)]
    [InlineData("hhoooo", 60, true)]
    [InlineData("", 60, false)]
    public void Bad_look_is_found_since_then(string drawing, int seconds, bool any) =>
        Assert.Equal(any, FailingRun.AnySince(Ago(seconds), Of(drawing), new OutageOptions(), Now));

    private static DateTimeOffset Ago(int seconds) => Now - TimeSpan.FromSeconds(seconds);
}
