using System.Text;
using System.Threading.Channels;
using Courier.Contracts;
using Courier.LocalHost.Listening;
using Courier.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>A listener between two queues in memory, on a standing clock. The test is the handler: it gets each delivery and says how it ends.</summary>
internal sealed class ListenerRig : IAsyncDisposable
{
    private readonly Channel<HeldDelivery> _deliveries = Channel.CreateUnbounded<HeldDelivery>();
    private readonly List<HeldDelivery> _all = [];
    private readonly ListenerOptions _options;
    private int _inHandler;
    private int _entered;

    private ListenerRig(ListenerOptions options, bool hasPoison)
    {
        _options = options;
        Queue = new UnsteadyQueue(new InMemoryQueue("requests", Clock), Clock, options.Lease);
        Poison = new UnsteadyQueue(new InMemoryQueue("requests-poison", Clock), Clock, options.Lease);
        Listener = new QueueListener(Queue, hasPoison ? Poison : null, HandleAsync, options, new ListenerContext(Clock, NullLogger<QueueListener>.Instance));
    }

    public FakeClock Clock { get; } = new();

    public UnsteadyQueue Queue { get; }

    public UnsteadyQueue Poison { get; }

    public QueueListener Listener { get; }

    /// <summary>The most handlers that have run at once.</summary>
    public int Peak { get; private set; }

    public int InHandler => Volatile.Read(ref _inHandler);

    /// <summary>Between two polls, and every message that was taken has reached the handler: nothing happens until time passes.</summary>
    private bool IsPausing => Queue.Taken == Volatile.Read(ref _entered) && Clock.UntilNextTimer <= _options.LongestPoll;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="lease">So long, where a test does not say otherwise, that no renewal is due in it.</param>
    public static ListenerRig Create(TimeSpan? lease = null, bool hasPoison = true) =>
        new(new ListenerOptions { Lease = lease ?? TimeSpan.FromHours(10) }, hasPoison);

    /// <summary>Starts with these messages on the queue.</summary>
    public async Task StartAsync(params string[] messages)
    {
        foreach (string message in messages)
            await PostAsync(message);
        await Listener.StartAsync(Cancelled);
    }

    public Task PostAsync(string message) => Queue.Content.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, Cancelled);

    /// <summary>The next delivery, of a message that is visible now.</summary>
    public async Task<HeldDelivery> DeliveryAsync() => await _deliveries.Reader.ReadAsync(Cancelled).AsTask().WaitAsync(Eventually.Patience, Cancelled);

    public async Task<List<HeldDelivery>> DeliveriesAsync(int count)
    {
        List<HeldDelivery> deliveries = [];
        while (deliveries.Count < count)
            deliveries.Add(await DeliveryAsync());
        return deliveries;
    }

    /// <summary>The next delivery, however long the clock has to run for it.</summary>
    public async Task<HeldDelivery> LaterDeliveryAsync()
    {
        await PassUntilAsync(() => _deliveries.Reader.Count > 0);
        return await DeliveryAsync();
    }

    /// <summary>Lets time pass from poll to poll.</summary>
    public Task PassAsync(TimeSpan time)
    {
        DateTimeOffset end = Clock.GetUtcNow() + time;
        return PassUntilAsync(() => Clock.GetUtcNow() >= end, () => end - Clock.GetUtcNow());
    }

    public async Task PassUntilAsync(Func<bool> condition, Func<TimeSpan>? most = null)
    {
        while (!condition())
        {
            await Eventually.TrueAsync(() => condition() || IsPausing);
            if (!condition() && Clock.UntilNextTimer is { } pause)
                Clock.Advance(most?.Invoke() is { } rest && rest < pause ? rest : pause);
        }
    }

    /// <summary>Takes what is visible, as a second receiver would.</summary>
    public static async Task<List<QueuedMessage>> VisibleAsync(UnsteadyQueue queue) => [.. await queue.Content.ReceiveAsync(32, TimeSpan.FromDays(1), Cancelled)];

    public static async Task<int> LeftAsync(UnsteadyQueue queue) => await queue.Content.CountAsync(Cancelled);

    /// <summary>Ends the listener however it stands.</summary>
    public async ValueTask DisposeAsync()
    {
        Queue.Before = Poison.Before = _ => Task.CompletedTask;
        _deliveries.Writer.Complete();
        Task stopping = Listener.StopAsync(CancellationToken.None);
        lock (_all)
            _all.ForEach(delivery => delivery.Return());
        await stopping.WaitAsync(Eventually.Patience, CancellationToken.None);
        Listener.Dispose();
    }

    private async Task HandleAsync(QueuedMessage message, CancellationToken stoppingToken)
    {
        HeldDelivery delivery = new(message, Queue, stoppingToken);
        lock (_all)
        {
            _all.Add(delivery);
            Peak = Math.Max(Peak, Interlocked.Increment(ref _inHandler));
        }

        if (!_deliveries.Writer.TryWrite(delivery))
            delivery.Return(); // the test is over
        Interlocked.Increment(ref _entered);
        try
        {
            await delivery.End;
        }
        finally
        {
            Interlocked.Decrement(ref _inHandler);
        }
    }
}
