using Courier.Messages;
using Courier.Quota;

namespace Courier.Tests.Quota;

internal static class TestQuota
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly string Key = new('a', 32);

    public static LedgerState Fresh(int taken = 0) => LedgerState.Fresh(Key, taken, Start);

    extension(LedgerState state)
    {
        public (LedgerState State, Place[] Places) Take(Wish wish, int count, DateTimeOffset now, QuotaOptions quota)
        {
            (LedgerState next, Place?[] places) = state.At(now, quota).Serve([.. Enumerable.Repeat(wish, count)], now, quota);
            return (next, [.. places.Select(place => place!.Value)]);
        }

        public (LedgerState State, Place[] Places) TakeNext(int count, DateTimeOffset now, QuotaOptions quota) => state.Take(Wish.Next.One, count, now, quota);
    }
}
