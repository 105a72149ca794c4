using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>Whatever counts as a sound ledger can be worked with; what does not is set aside.</summary>
public sealed class SoundStateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"key":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","charges":[[17672256000000000,0,2147483647],[36000000000,500000,5000],[36000000000,500000,1]],"settled":[],"high":[],"head":0,"tail":1,"plannedFrom":"2025-12-31T23:00:00+00:00","lineOpens":"2026-01-01T00:50:00+00:00","others":{"calls":0,"foundAt":"2026-01-01T00:00:00+00:00"},"stocks":{},"rotation":{"writers":{},"since":0},"version":1}""")]
    [InlineData("""{"key":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","charges":[[17672256000000000,0,2147483647],[36000000000,0,5000]],"head":0,"tail":1,"plannedFrom":"2025-12-31T23:00:00+00:00","settled":[],"high":[],"others":{"calls":0,"foundAt":"2026-01-01T00:00:00+00:00"},"stocks":{},"rotation":{"writers":{},"since":0},"version":1}""")]
    [InlineData("""{"key":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","charges":[[17672256000000000,0,2147483647]],"head":0,"tail":1,"plannedFrom":"2025-12-31T23:00:00+00:00","settled":[],"high":[],"others":{"calls":0,"foundAt":"2026-01-01T00:00:00+00:00"},"stocks":{},"rotation":{"writers":{},"since":0},"version":1}""")]
    [InlineData("""{"key":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","charges":[],"head":9223372036854775804,"tail":9223372036854775807,"plannedFrom":"2026-01-01T00:00:00+00:00","lineOpens":"2026-01-01T00:50:00+00:00","settled":[],"high":[],"others":{"calls":0,"foundAt":"2026-01-01T00:00:00+00:00"},"stocks":{},"rotation":{"writers":{},"since":0},"version":1}""")]
    [InlineData("""{"key":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","charges":[],"head":500000000000000000,"tail":500000000000000000,"plannedFrom":"2026-01-01T00:00:00+00:00","lineOpens":"2026-01-01T00:50:00+00:00","settled":[],"high":[],"others":{"calls":0,"foundAt":"2026-01-01T00:00:00+00:00"},"stocks":{},"rotation":{"writers":{},"since":0},"version":1}""")]
    public async Task Ledger_of_numbers_that_cannot_be_does_not_stop_the_flow(string ledger)
    {
        await using TestCourier courier = TestCourier.Create(settings: [new("Quota:Limit", "5000")]);
        await courier.Storage.State.WriteAsync(LedgerStore.Blob, Encoding.UTF8.GetBytes(ledger), "application/json", Cancelled);
        await courier.PostAsync("""{"method":"GET","path":"/x","priority":"high"}""");
        await courier.PostAsync("""{"method":"GET","path":"/w","priority":"high"}""");
        await courier.PostCallsAsync("/y", "/z");

        await courier.ProcessForAsync(TimeSpan.FromHours(3)); // throws at each delivery: five of them, and the request is "crashed"

        Assert.Equal(4, courier.Calls.Count);
    }

    [Fact]
    public void Sound_state_never_throws_nor_hangs()
    {
        Random random = new(7);
        QuotaOptions[] quotas =
        [
            new(),
        ];
        DateTimeOffset now = TestQuota.Start;
        List<string> failures = [];
        for (int i = 0; i < 30000; i++)
        {
            LedgerState state;
            try
            {
                state = Make(random, now);
            }
            catch (System.Text.Json.JsonException)
            {
                continue; // no such document
            }

            long waiting = Pick(random, 0L, 1, 40, 3000);
            state = state with { Tail = state.Head > long.MaxValue - waiting ? long.MaxValue : state.Head + waiting };
            if (!state.IsSane)
                continue;
            foreach (QuotaOptions quota in quotas)
            {
                long begun = Environment.TickCount64;
                try
                {
                    LedgerState at = state.At(now, quota);
                    (at, _) = at.Serve([Wish.Next.One, Wish.Urgent.One, new Wish.First(), new Wish.Charge(), new Wish.AtOnce(TimeSpan.FromSeconds(10)), new Wish.Again(new Slot(SlotLane.Line, at.Head))], now, quota);
                    at = at.Seen(3, now, quota).Refused(now.AddSeconds(30), now, quota);
                    _ = at.At(now.AddSeconds(40), quota).IsBehind(now, quota);
                }
                catch (Exception e)
                {
                    failures.Add($"{e.GetType().Name} {string.Join(" < ", e.StackTrace!.Split('\n').Where(l => l.Contains("Courier", StringComparison.Ordinal)).Select(l => l.Trim()[..60]))} limit {quota.Limit} {System.Text.Json.JsonSerializer.Serialize(state, QuotaJson.Format.LedgerState)}");
                }

                if (Environment.TickCount64 - begun > 2000)
                    failures.Add($"SLOW {Environment.TickCount64 - begun} ms limit {quota.Limit} {System.Text.Json.JsonSerializer.Serialize(state, QuotaJson.Format.LedgerState)}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.DistinctBy(failure => string.Join(' ', failure.Split("limit")[0].Split(' '))).Take(30)));
    }

    private static LedgerState Make(Random random, DateTimeOffset now) => new()
    {
        Key = TestQuota.Key,
        Charges = Log(random, now),
        Settled = random.Next(2) == 0 ? RunLog.Empty : Log(random, now),
        High = random.Next(2) == 0 ? RunLog.Empty : Log(random, now),
        Head = Pick(random, 0L, 1, 5, 4_000_000_000, long.MaxValue - 3, 500_000_000_000_000_000),
        Tail = 0,
        PlannedFrom = Moment(random, now),
        LineOpens = Moment(random, now),
        ClosedUntil = Moment(random, now),
        NextAhead = Moment(random, now),
        Others = new ForeignUse(Pick(random, 0, 1, int.MaxValue), Moment(random, now)),
        Stocks = random.Next(2) == 0 ? new Dictionary<string, Stock>() : new Dictionary<string, Stock> { ["a"] = new(Pick(random, 0, 1, 9000), Moment(random, now)) },
    };

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    private static DateTimeOffset Moment(Random random, DateTimeOffset now) => Pick(random, now, now.AddSeconds(-5), now.AddSeconds(5), now.AddMinutes(50), now.AddDays(-40), now.AddYears(-900), now.AddYears(900), now.AddHours(-1), DateTimeOffset.UnixEpoch);

    private static RunLog Log(Random random, DateTimeOffset now) => System.Text.Json.JsonSerializer.Deserialize($"[{string.Join(',', Enumerable.Range(0, random.Next(0, 5)).Select(i => $"[{(i == 0 ? (now - DateTimeOffset.UnixEpoch).Ticks + Pick(random, 0L, -36_000_000_000, -600_000_000, 600_000_000) : Pick(random, 0L, 1, 10_000_000, -10_000_000, 36_000_000_000))},{Pick(random, 0L, 1, 500_000, 7_422_680)},{Pick(random, 1, 2, 30, 4850, 5000, int.MaxValue)}]"))}]", QuotaJson.Format.RunLog)!;
}
