using System.Diagnostics;
using System.Text.Json;
using Courier.Quota;

namespace Courier.Bench.Drain;

/// <summary>What one operation on the ledger costs this machine: read, bring up to now, give out 32 places, write. Storage and network left out.</summary>
internal static class LedgerOperation
{
    private const int Rounds = 200;

    /// <returns>The median, with so many requests in line and as many runs as a ledger keeps.</returns>
    public static TimeSpan Measure(int backlog)
    {
        QuotaOptions quota = new();
        DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Random random = new(1);
        LedgerState state = LedgerState.Fresh(new string('a', 32), 0, now);
        for (int i = 0; i < 1000; i++)
        {
            now += TimeSpan.FromSeconds(4 * random.NextDouble());
            state = Take(state, 1 + random.Next(8), now, quota);
        }

        byte[] blob = Write(Take(state, backlog, now, quota));
        long[] ticks = [.. Enumerable.Range(0, Rounds).Select(_ => Time(() => Write(Take(Read(blob), 32, now, quota))))];
        return Stopwatch.GetElapsedTime(0, ticks.Order().ElementAt(Rounds / 2));
    }

    private static LedgerState Take(LedgerState state, int count, DateTimeOffset now, QuotaOptions quota) =>
        state.At(now, quota).Serve([.. Enumerable.Repeat(Wish.Next.One, count)], now, quota).State;

    private static LedgerState Read(byte[] blob) => JsonSerializer.Deserialize(blob, QuotaJson.Format.LedgerState)!;

    private static byte[] Write(LedgerState state) => JsonSerializer.SerializeToUtf8Bytes(state, QuotaJson.Format.LedgerState);

    private static long Time(Action operation)
    {
        long begun = Stopwatch.GetTimestamp();
        operation();
        return Stopwatch.GetTimestamp() - begun;
    }
}
