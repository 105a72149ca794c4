using System.Text;
using Courier.Messages;
using Courier.Pacing;
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

        Slot[] slots = await Task.WhenAll(instances.SelectMany(ledger => Enumerable.Range(0, 10).Select(_ => Task.Run(() => TakeAsync(ledger)))));

        Assert.Single(slots.Select(slot => slot.Ledger).Distinct());
        Assert.Equal(60, slots.Select(slot => slot.At).Distinct().Count());
        Assert.All(slots, slot => Assert.Equal(0, (slot.At - slots[0].At).Ticks % s_quota.Interval.Ticks));
    }

    [Fact]
    public async Task Closed_gate_is_closed_for_the_other_instance()
    {
        IBlobContainer container = await ContainerAsync();
        QuotaLedger one = CreateLedger(container);
        Slot slot = await TakeAsync(one);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        await one.CloseAsync(now.AddMinutes(10), Cancelled);

        LedgerState state = await CreateLedger(container).ReadAsync(TimeSpan.Zero, Cancelled);
        Assert.Equal(now.AddMinutes(10), state.TurnOf(slot, s_quota, now));
    }

    [Fact]
    public async Task Deleted_ledger_is_made_again()
    {
        IBlobContainer container = await ContainerAsync();
        QuotaLedger ledger = CreateLedger(container);
        Slot before = await TakeAsync(ledger);

        await container.DeleteAsync(QuotaLedger.Blob, Cancelled);

        Assert.NotEqual(before.Ledger, (await TakeAsync(ledger)).Ledger);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"ledger\":")]
    public async Task Corrupted_ledger_is_made_again(string text)
    {
        IBlobContainer container = await ContainerAsync();
        await container.WriteAsync(QuotaLedger.Blob, Encoding.UTF8.GetBytes(text), "application/json", Cancelled);

        Slot slot = await TakeAsync(CreateLedger(container));

        Assert.Equal(slot.Ledger, (await CreateLedger(container).ReadAsync(TimeSpan.Zero, Cancelled)).Ledger);
    }

    private static Task<Slot> TakeAsync(QuotaLedger ledger) => ledger.TakeAsync(SlotLane.Normal, Cancelled).AsTask();

    private static QuotaLedger CreateLedger(IBlobContainer container, int seed = 0)
    {
        Random random = new(seed);
        CourierStorage storage = new(new OneContainer(container), Options.Create(new QueueOptions()));
        return new QuotaLedger(storage, Options.Create(s_quota), TimeProvider.System, random.NextDouble, NullLogger<QuotaLedger>.Instance);
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
