using Courier.LocalHost.Listening;
using Courier.Storage;

namespace Courier.Bench.Drain;

/// <summary>A modelled host instance: batches of 16 taken at 8 or fewer in flight, polling that backs off to two seconds, five deliveries.</summary>
internal sealed class Instance(IMessageQueue queue, Func<QueuedMessage, Task> handle, VirtualClock clock, Func<bool> isDown)
{
    private static readonly ListenerOptions s_options = new();
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    private int _inFlight;
    private TaskCompletionSource? _finished;

    public int Poisoned { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = s_options.ShortestPoll;
        while (!cancellationToken.IsCancellationRequested)
        {
            while (_inFlight > s_options.NewBatchThreshold)
                await (_finished = new TaskCompletionSource()).Task;
            IReadOnlyList<QueuedMessage> batch = isDown() ? [] : await queue.ReceiveAsync(s_options.BatchSize, s_lease, CancellationToken.None);
            foreach (QueuedMessage message in batch)
                _ = HandleAsync(message);
            pause = batch.Count > 0 ? s_options.ShortestPoll : pause * 2 < s_options.LongestPoll ? pause * 2 : s_options.LongestPoll;
            await Task.Delay(batch.Count > 0 ? TimeSpan.FromMilliseconds(10) : pause, clock, CancellationToken.None);
        }
    }

    private async Task HandleAsync(QueuedMessage message)
    {
        _inFlight++;
        try
        {
            await handle(message);
            await queue.DeleteAsync(message, CancellationToken.None);
        }
        catch (Exception) when (message.DequeueCount < s_options.MaxDequeueCount)
        {
            await queue.RenewAsync(message, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception)
        {
            Poisoned++;
            await queue.DeleteAsync(message, CancellationToken.None);
        }

        _inFlight--;
        _finished?.TrySetResult();
    }
}
