using Courier.Contracts;
using Courier.Schedules;
using Courier.Tests.Processing;

namespace Courier.Tests.Schedules;

public sealed class ScheduleBookTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 7, 59, 0, TimeSpan.Zero);

    [Fact]
    public async Task Call_was_expected_at_the_latest_tick_of_any_schedule() =>
        Assert.Equal(s_now.AddMinutes(-59), await LastDueAsync("0 0 6 * * *", "0 0 * * * *", "0 0 0 1 7 *"));

    [Fact]
    public async Task Without_schedules_no_call_was_expected() => Assert.Null(await LastDueAsync());

    private static async Task<DateTimeOffset?> LastDueAsync(params string[] expressions)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200), settings: expressions.SelectMany((cron, number) => new KeyValuePair<string, string?>[]
        {
            new($"Schedules:{number}:Name", $"schedule-{number}"),
            new($"Schedules:{number}:Cron", cron),
            new($"Schedules:{number}:Request", """{"method":"GET","path":"/companies"}"""),
        }));
        return courier.Get<ScheduleBook>().LastDue(s_now);
    }
}
