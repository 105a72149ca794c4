using System.Text;
using Courier.Messages;
using Courier.Quota;
using Courier.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Courier.Contracts;

/// <summary>What the ledger does on every container, with real instances that compete in real time.</summary>
public abstract class QuotaLedgerContract
{
    private static readonly QuotaOptions s_quota = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A container that no other test uses; it need not exist yet.</summary>
    protected abstract IBlobContainer NewContainer();

    [Fact]
    public async Task Instances_that_compete_never_give_a_slot_twice()
    {
        IBlobContainer container = await ContainerAsync();
        QuotaLedger[] instances = [.. Enumerable.Range(0, 6).Select(number => CreateLedger(container, number))];

        Place[] places = await Task.WhenAll(instances.SelectMany(ledger => Enumerable.Range(0, 10).Select(_ => Task.Run(() => TakeAsync(ledger)))));

        LedgerState state = await CreateLedger(container).ReadAsync(TimeSpan.Zero, Cancelled);
        long[] numbers = [.. places.Where(place => place.Slot.Lane == SlotLane.Line).Select(place => place.Slot.Number)];
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.True(state.Charges.Count + state.Waiting >= 60, $"{state.Charges.Count} are charged and {state.Waiting} wait for 60 places.");
    }

    [Fact]
    public async Task Closed_gate_is_closed_for_the_other_instance()
    {
        IBlobContainer container = await ContainerAsync();
        QuotaLedger one = CreateLedger(container);
        Place place = await TakeAsync(one);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        await one.CloseAsync(now.AddMinutes(10), Cancelled);

        LedgerState state = await CreateLedger(container).ReadAsync(TimeSpan.Zero, Cancelled);
        Assert.Equal(now.AddMinutes(10), state.TurnOf(place.Slot, now, s_quota));
    }

    [Fact]
    public async Task Deleted_ledger_is_made_again()
    {
        IBlobContainer container = await ContainerAsync();
        QuotaLedger ledger = CreateLedger(container);
        await TakeAsync(ledger);
        string before = (await ledger.ReadAsync(TimeSpan.Zero, Cancelled)).Key;

        await container.DeleteAsync(LedgerStore.Blob, Cancelled);

        Assert.NotEqual(before, (await ledger.ReadAsync(TimeSpan.Zero, Cancelled)).Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"ledger\":")]
    public async Task Corrupted_ledger_is_made_again(string text)
    {
        IBlobContainer container = await ContainerAsync();
        await container.WriteAsync(LedgerStore.Blob, Encoding.UTF8.GetBytes(text), "application/json", Cancelled);

        LedgerState made = await CreateLedger(container).ReadAsync(TimeSpan.Zero, Cancelled);

        Assert.Equal(made.Key, (await CreateLedger(container).ReadAsync(TimeSpan.Zero, Cancelled)).Key);
        Assert.Equal(s_quota.Usable, made.Charges.Count);
    }

    private static async Task<Place> TakeAsync(QuotaLedger ledger) => (await ledger.TakeAsync(Wish.Next.One, Cancelled))!.Value;

    private static QuotaLedger CreateLedger(IBlobContainer container, int seed = 0)
    {
        Random random = new(seed);
        CourierStorage storage = new(new OneContainer(container), Options.Create(new QueueOptions()));
        LedgerStore store = new(storage, Options.Create(s_quota), TimeProvider.System, random.NextDouble, NullLogger<LedgerStore>.Instance);
        return new QuotaLedger(store, storage, Options.Create(s_quota), TimeProvider.System);
    }

    private async Task<IBlobContainer> ContainerAsync()
    {
        IBlobContainer container = NewContainer();
        await container.EnsureExistsAsync(Cancelled);
        return container;
    }

    private sealed class OneContainer(IBlobContainer container) : IStorage
    {
        public IMessageQueue Queue(string name) => new InMemoryQueue(name, TimeProvider.System);

        public IBlobContainer Container(string name) => container;
    }
}
