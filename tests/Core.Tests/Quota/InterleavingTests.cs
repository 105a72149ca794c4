using Courier.Contracts;
using Courier.Messages;
using Courier.Quota;
using Courier.Storage;
using Courier.Tests.Pacing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Quota;

/// <summary>Instances that read and swap the ledger in every possible order, for small cases.</summary>
public sealed class InterleavingTests
{
    private static readonly QuotaOptions s_quota = new();

    /// <summary>Whoever comes with it is given another, and never one out of a stock.</summary>
    private static readonly Wish s_fromTheLedger = new Wish.Again(new Slot(SlotLane.Line, 1_000_000));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public async Task No_slot_is_lost_or_given_twice_in_any_order_of_reads_and_swaps(int instances, int takes)
    {
        int orders = 0;
        for (List<int>? choices = []; choices is not null; orders++)
        {
            SteppedContainer container = new(choices);
            (Place[] places, LedgerState ledger) = await container.ToEndAsync(RunAsync(container, s_quota, s_fromTheLedger, instances, takes));
            Assert.Equal(instances * (takes + 1), ledger.Charges.Count + ledger.Waiting);
            Assert.Equal(instances * takes, places.Select(place => place.Turn).Distinct().Count());
            choices = container.NextChoices();
        }

        Assert.InRange(orders, 20, 20_000);
    }

    [Theory]
    [InlineData(2, 5, 16)]
    [InlineData(2, 5, 9)]
    public async Task What_was_taken_out_of_stocks_is_charged_once_in_any_order_of_reads_and_swaps(int instances, int takes, int limit)
    {
        QuotaOptions quota = new() { Limit = limit, Reserve = 0, MaxRate = 1000 };
        int orders = 0, fewestWrites = int.MaxValue;
        for (List<int>? choices = []; choices is not null; orders++)
        {
            SteppedContainer container = new(choices);
            DateTimeOffset start = container.Clock.GetUtcNow();
            (Place[] places, LedgerState ledger) = await container.ToEndAsync(RunAsync(container, quota, Wish.Next.One, instances, takes));
            Assert.Equal(instances * (takes + 1), ledger.Charges.Count + ledger.Waiting);
            Assert.InRange(places.Count(place => place.Turn < start + quota.Window), 1, limit);
            fewestWrites = Math.Min(fewestWrites, container.Writes);
            choices = container.NextChoices();
        }

        Assert.InRange(orders, 20, 20_000);
        Assert.InRange(fewestWrites, 1, instances * takes);
    }

    private static async Task<(Place[] Places, LedgerState Ledger)> RunAsync(SteppedContainer container, QuotaOptions quota, Wish wish, int instances, int takes)
    {
        QuotaLedger[] ledgers = [.. Enumerable.Range(0, instances).Select(_ => Create(container, quota))];
        Place[][] places = await Task.WhenAll(ledgers.Select(ledger => TakeAsync(ledger, wish, takes)));
        foreach (QuotaLedger ledger in ledgers) // settles its stock
            await ledger.TakeAsync(new Wish.Charge(), CancellationToken.None);
        return ([.. places.SelectMany(own => own)], await Create(container, quota).ReadAsync(TimeSpan.Zero, CancellationToken.None));
    }

    private static async Task<Place[]> TakeAsync(QuotaLedger ledger, Wish wish, int takes)
    {
        List<Place> places = [];
        while (places.Count < takes)
            places.Add((await ledger.TakeAsync(wish, CancellationToken.None))!.Value);
        return [.. places];
    }

    private static QuotaLedger Create(SteppedContainer container, QuotaOptions quota)
    {
        CourierStorage storage = new(new WatchedStorage(container.Clock, container), Options.Create(new QueueOptions()));
        return new QuotaLedger(new LedgerStore(storage, Options.Create(quota), container.Clock, () => 0, new EventLog<LedgerStore>()), storage, Options.Create(quota), container.Clock);
    }

    /// <summary>Each operation waits until it is chosen. What else is waited for passes when nothing is left to choose.</summary>
    private sealed class SteppedContainer(List<int> choices) : IBlobContainer
    {
        private readonly InMemoryContainer _inner = new("api-state");
        private readonly List<TaskCompletionSource> _waiting = [];
        private readonly List<(int Chosen, int Of)> _made = [];

        public FakeClock Clock { get; } = new();

        public int Writes { get; private set; }

        public string Name => _inner.Name;

        public async Task<T> ToEndAsync<T>(Task<T> run)
        {
            while (!run.IsCompleted && Step())
            {
            }

            return await run;
        }

        private bool Step()
        {
            if (_waiting.Count == 0)
            {
                if (Clock.UntilNextTimer is not { } next)
                    return false;
                Clock.Advance(next);
                return true;
            }

            int chosen = _made.Count < choices.Count ? choices[_made.Count] : 0;
            _made.Add((chosen, _waiting.Count));
            TaskCompletionSource operation = _waiting[chosen];
            _waiting.RemoveAt(chosen);
            operation.SetResult();
            return true;
        }

        /// <summary>The next order that was not tried; null after the last.</summary>
        public List<int>? NextChoices()
        {
            int last = _made.FindLastIndex(choice => choice.Chosen < choice.Of - 1);
            return last < 0 ? null : [.. _made.Take(last).Select(choice => choice.Chosen), _made[last].Chosen + 1];
        }

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken)
        {
            await TurnAsync();
            Writes++;
            return await _inner.ReplaceAsync(name, content, contentType, etag, cancellationToken);
        }

        public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken)
        {
            await TurnAsync();
            return await _inner.ReadAsync(name, cancellationToken);
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        private Task TurnAsync()
        {
            TaskCompletionSource turn = new();
            _waiting.Add(turn);
            return turn.Task;
        }
    }
}
