using System.Globalization;
using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

/// <summary>Whatever counts as a sound ledger can be worked with; what does not is set aside, and the flow goes on.</summary>
public sealed class SoundStateTests
{
    private static readonly DateTimeOffset s_now = TestQuota.Start;
    private static readonly QuotaOptions s_quota = new();

    /// <param name="charges">Runs: the first one's moment, or the distance to the one before; the distance of its calls; how many.</param>
    [Theory]
    [InlineData("[[17672256000000000,0,2147483647],[36000000000,500000,5000],[36000000000,500000,1]]", 0, 1)]
    [InlineData("[[17672256000000000,0,2147483647],[36000000000,0,5000]]", 0, 1)]
    [InlineData("[[17672256000000000,0,2147483647]]", 0, 1)]
    [InlineData("[]", 9_223_372_036_854_775_804, 9_223_372_036_854_775_807)]
    [InlineData("[]", 500_000_000_000_000_000, 500_000_000_000_000_000)]
    public async Task Ledger_of_numbers_that_cannot_be_does_not_stop_the_flow(string charges, long head, long tail)
    {
        string ledger = string.Create(CultureInfo.InvariantCulture, $$$"""
            {"key":"{{{TestQuota.Key}}}","charges":{{{charges}}},"settled":[],"high":[],"head":{{{head}}},"tail":{{{tail}}},"plannedFrom":"2025-12-31T23:00:00+00:00",
            "others":{"calls":0,"foundAt":"2026-01-01T00:00:00+00:00"},"stocks":{},"rotation":{"writers":{},"since":0},"version":1}
            """);
        await using TestCourier courier = TestCourier.Create(settings: [new("Quota:Limit", "5000")]);
        await courier.Storage.State.WriteAsync(LedgerStore.Blob, Encoding.UTF8.GetBytes(ledger), "application/json", TestContext.Current.CancellationToken);
        await courier.PostAsync("""{"method":"GET","path":"/w","priority":"high"}""");
        await courier.PostAsync("""{"method":"GET","path":"/x","priority":"high"}""");
        await courier.PostCallsAsync("/y", "/z");

        await courier.ProcessForAsync(TimeSpan.FromHours(3));

        Assert.Equal(4, courier.Calls.Count);
    }

    [Fact]
    public void Sound_state_never_throws()
    {
        Random random = new(7);
        int sound = 0;
        for (int i = 0; i < 30_000; i++)
        {
            if (Made(random) is not { IsSane: true } state)
                continue;
            sound++;
            LedgerState at = state.At(s_now, s_quota);
            Wish[] wishes = [Wish.Next.One, Wish.Urgent.One, new Wish.First(), new Wish.Charge(), new Wish.AtOnce(TimeSpan.FromSeconds(10)), new Wish.Again(new Slot(SlotLane.Line, at.Head))];
            at = at.Serve(wishes, s_now, s_quota).State.Seen(3, s_now, s_quota).Refused(s_now.AddSeconds(30), s_now, s_quota);
            at.At(s_now.AddSeconds(40), s_quota).IsBehind(s_now, s_quota);
        }

        Assert.InRange(sound, 1_000, 29_000);
    }

    /// <summary>Null when its runs are no document.</summary>
    private static LedgerState? Made(Random random)
    {
        try
        {
            long head = Pick(random, 0L, 1, 5, 4_000_000_000, long.MaxValue - 3, 500_000_000_000_000_000), waiting = Pick(random, 0L, 1, 40, 3000);
            return new LedgerState
            {
                Key = TestQuota.Key,
                Charges = Log(random),
                Settled = random.Next(2) == 0 ? RunLog.Empty : Log(random),
                High = random.Next(2) == 0 ? RunLog.Empty : Log(random),
                Head = head,
                Tail = head > long.MaxValue - waiting ? long.MaxValue : head + waiting,
                PlannedFrom = Moment(random),
                LineOpens = Moment(random),
                ClosedUntil = Moment(random),
                NextAhead = Moment(random),
                Others = new ForeignUse(Pick(random, 0, 1, int.MaxValue), Moment(random)),
                Stocks = random.Next(2) == 0 ? [] : new Dictionary<string, Stock> { ["a"] = new(Pick(random, 0, 1, 9000), Moment(random)) },
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RunLog Log(Random random)
    {
        long first = (s_now - DateTimeOffset.UnixEpoch).Ticks + Pick(random, 0L, -36_000_000_000, -600_000_000, 600_000_000);
        IEnumerable<string> runs = Enumerable.Range(0, random.Next(0, 5)).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"[{(i == 0 ? first : Pick(random, 0L, 1, 10_000_000, -10_000_000, 36_000_000_000))},{Pick(random, 0L, 1, 500_000, 7_422_680)},{Pick(random, 1, 2, 30, 4850, 5000, int.MaxValue)}]"));
        return JsonSerializer.Deserialize($"[{string.Join(',', runs)}]", QuotaJson.Format.RunLog)!;
    }

    private static DateTimeOffset Moment(Random random) => Pick(
        random, s_now, s_now.AddSeconds(-5), s_now.AddSeconds(5), s_now.AddMinutes(50), s_now.AddDays(-40), s_now.AddYears(-900), s_now.AddYears(900), s_now.AddHours(-1), DateTimeOffset.UnixEpoch);

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
