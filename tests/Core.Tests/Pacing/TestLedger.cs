using System.Text;
using Courier.Contracts;
using Courier.Messages;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Resilience;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

/// <summary>One instance's ledger on a container and a clock that it may share with others.</summary>
internal sealed class TestLedger
{
    /// <summary>As storage takes its time, others come while a batch is being fetched.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    public TestLedger(IBlobContainer? state = null, FakeClock? clock = null, QuotaOptions? quota = null, Func<double>? jitter = null)
    {
        Clock = clock ?? new FakeClock();
        Quota = quota ?? new QuotaOptions();
        WatchedStorage storage = new(Clock, state ?? new WatchedContainer(new InMemoryContainer("api-state")) { Pause = () => Task.Delay(s_pause, Clock) });
        State = storage.State;
        CourierStorage courier = new(storage, Options.Create(new QueueOptions()));
        Ledger = new QuotaLedger(courier, Options.Create(Quota), Clock, jitter ?? (() => 0.5), Log);
    }

    public FakeClock Clock { get; }

    public QuotaOptions Quota { get; }

    public WatchedContainer State { get; }

    public EventLog<QuotaLedger> Log { get; } = new();

    public QuotaLedger Ledger { get; }

    public Task<Slot> TakeAsync() => Ledger.TakeAsync(SlotLane.Normal, CancellationToken.None).AsTask();

    /// <summary>So many who ask at the same moment.</summary>
    public Task<Slot[]> TakeTogetherAsync(int count) => Clock.RunAsync(() => Task.WhenAll(Enumerable.Range(0, count).Select(_ => TakeAsync())));

    public Task<Slot[]> TakeInTurnAsync(int count) => Clock.RunAsync(async () =>
    {
        List<Slot> slots = [];
        while (slots.Count < count)
            slots.Add(await TakeAsync());
        return slots.ToArray();
    });

    public Task<LedgerState> ReadAsync() => Clock.RunAsync(() => Ledger.ReadAsync(TimeSpan.Zero, CancellationToken.None).AsTask());

    public Task WriteAsync(string text) => State.WriteAsync(QuotaLedger.Blob, Encoding.UTF8.GetBytes(text), "application/json", CancellationToken.None);

    /// <summary>How many intervals each of them lies behind the first.</summary>
    public double[] Steps(IEnumerable<Slot> slots, Slot first) => [.. slots.Select(slot => (slot.At - first.At) / Quota.Interval)];
}
