using Courier.Contracts;
using Courier.Quota;
using Courier.Storage;
using Courier.Tests.Pacing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Quota;

/// <summary>Slots that instances take ahead of need, out of one ledger.</summary>
public sealed class StockTests
{
    private readonly FakeClock _clock = new();
    private readonly QuotaOptions _quota = new();
    private readonly WatchedStorage _storage;

    public StockTests() => _storage = new WatchedStorage(_clock);

    [Fact]
    public async Task Most_calls_cost_no_operation_and_come_no_faster_than_the_highest_rate()
    {
        QuotaLedger ledger = Create();
        List<DateTimeOffset> turns = [];
        for (int i = 0; i < 600; i++)
        {
            turns.Add((await TakeAsync(ledger))!.Value.Turn);
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            if (turns[^1] - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                _clock.Advance(wait);
        }

        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.True(pair.Second - pair.First >= _quota.Spacing));
        Assert.InRange(_storage.State.Reads + _storage.State.Writes, 1, 60);
    }

    [Fact]
    public async Task Stock_of_an_instance_that_is_gone_is_charged_to_the_last_slot()
    {
        QuotaLedger gone = Create();
        for (int i = 0; i < 8; i++)
            await TakeAsync(gone);
        LedgerState before = await ReadAsync(gone);
        _clock.Advance(_quota.Window / 3);

        QuotaLedger other = Create();
        await TakeAsync(other);

        LedgerState state = await ReadAsync(other);
        Assert.Empty(state.Stocks);
        Assert.Equal(before.Charges.Count + before.Stocks.Values.Single().Count + 1, state.Charges.Count);
    }

    private QuotaLedger Create()
    {
        CourierStorage storage = new(_storage, Options.Create(new QueueOptions()));
        return new QuotaLedger(new LedgerStore(storage, Options.Create(_quota), _clock, () => 0, new EventLog<LedgerStore>()), storage, Options.Create(_quota), _clock);
    }

    private Task<Place?> TakeAsync(QuotaLedger ledger) => _clock.RunAsync(() => ledger.TakeAsync(Wish.Next.One, CancellationToken.None).AsTask());

    private Task<LedgerState> ReadAsync(QuotaLedger ledger) => _clock.RunAsync(() => ledger.ReadAsync(TimeSpan.Zero, CancellationToken.None).AsTask());
}
