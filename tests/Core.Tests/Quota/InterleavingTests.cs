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
    private static readonly Slot s_unknown = new(SlotLane.Line, 1_000_000);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public async Task No_slot_is_lost_or_given_twice_in_any_order_of_reads_and_swaps(int instances, int takes)
    {
        int orders = 0;
        for (List<int>? choices = []; choices is not null; orders++)
        {
            SteppedContainer container = new(choices);
            Task<(Place[] Places, LedgerState Ledger)> run = RunAsync(container, instances, takes);
            while (!run.IsCompleted && container.Step())
            {
            }

            (Place[] places, LedgerState ledger) = await run;
            Assert.Equal(instances * takes, ledger.Charges.Count + ledger.Waiting);
            Assert.Equal(instances * takes, places.Select(place => place.Turn).Distinct().Count());
            choices = container.NextChoices();
        }

        Assert.InRange(orders, 20, 20_000);
    }

    private static async Task<(Place[] Places, LedgerState Ledger)> RunAsync(SteppedContainer container, int instances, int takes)
    {
        QuotaLedger[] ledgers = [.. Enumerable.Range(0, instances).Select(_ => Create(container))];
        Place[][] places = await Task.WhenAll(ledgers.Select(ledger => TakeAsync(ledger, takes)));
        return ([.. places.SelectMany(own => own)], await Create(container).ReadAsync(TimeSpan.Zero, CancellationToken.None));
    }

    private static async Task<Place[]> TakeAsync(QuotaLedger ledger, int takes)
    {
        List<Place> places = [];
        while (places.Count < takes)
            places.Add((await ledger.TakeAsync(new Wish.Again(s_unknown), CancellationToken.None))!.Value);
        return [.. places];
    }

    private static QuotaLedger Create(SteppedContainer container)
    {
        CourierStorage storage = new(new WatchedStorage(container.Clock, container), Options.Create(new QueueOptions()));
        return new QuotaLedger(new LedgerStore(storage, Options.Create(s_quota), container.Clock, () => 0, new EventLog<LedgerStore>()), storage, Options.Create(s_quota), container.Clock);
    }

    /// <summary>Each operation waits until it is chosen. What else is waited for passes when nothing is left to choose.</summary>
    private sealed class SteppedContainer(List<int> choices) : IBlobContainer
    {
        private readonly InMemoryContainer _inner = new("api-state");
        private readonly List<TaskCompletionSource> _waiting = [];
        private readonly List<(int Chosen, int Of)> _made = [];

        public FakeClock Clock { get; } = new();

        public string Name => _inner.Name;

        public bool Step()
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
