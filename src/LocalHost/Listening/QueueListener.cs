using System.Collections.Concurrent;
using Courier.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Listening;

/// <summary>Takes messages from a queue and hands each to a handler: returned means delete, thrown means come back later, too often means poison.</summary>
/// <param name="poison">Where a message goes after its last failure; null lets it come back for ever.</param>
public sealed partial class QueueListener(
    IMessageQueue queue, IMessageQueue? poison, Func<QueuedMessage, CancellationToken, Task> handle, ListenerOptions options, ListenerContext context) : BackgroundService
{
    private readonly ConcurrentDictionary<string, LeasedMessage> _inFlight = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _finished = new(0);
    private int _running;

    public override void Dispose()
    {
        _finished.Dispose();
        base.Dispose();
    }

    /// <summary>Ends when no message is in flight any more.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its services one after the other
        using CancellationTokenSource drained = new();
        Task renewing = RenewLeasesAsync(drained.Token);
        try
        {
            await ListenAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await RunningAtMostAsync(0, CancellationToken.None);
        await drained.CancelAsync();
        await renewing;
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = options.ShortestPoll;
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunningAtMostAsync(options.NewBatchThreshold, stoppingToken);
            if (await ReceiveAsync(stoppingToken))
            {
                pause = options.ShortestPoll;
                continue;
            }

            await Task.Delay(pause, context.Time, stoppingToken);
            pause = pause * 2 < options.LongestPoll ? pause * 2 : options.LongestPoll;
        }
    }

    private async Task RunningAtMostAsync(int count, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _running) > count)
            await _finished.WaitAsync(cancellationToken);
    }

    /// <returns>Whether there was anything.</returns>
    private async Task<bool> ReceiveAsync(CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        IReadOnlyList<QueuedMessage> batch;
        try
        {
            // Not cancelled half way: a batch that the service has handed out must not get lost on its way here.
            batch = await queue.ReceiveAsync(options.BatchSize, options.Lease, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.ReceiveFailed(context.Logger, queue.Name, e.Message.Split('\n')[0]);
            return false;
        }

        foreach (QueuedMessage message in batch)
        {
            Interlocked.Increment(ref _running);
            _ = RunAsync(message, stoppingToken);
        }

        return batch.Count > 0;
    }

    private async Task RunAsync(QueuedMessage message, CancellationToken stoppingToken)
    {
        LeasedMessage leased = new(queue, message, context.Time);
        _inFlight[message.Id] = leased;
        try
        {
            await Task.Run(() => HandleAsync(leased, stoppingToken), CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.SettleFailed(context.Logger, queue.Name, message.Id, e.Message.Split('\n')[0]);
        }
        finally
        {
            _inFlight.TryRemove(KeyValuePair.Create(message.Id, leased)); // and no later delivery of the same message
            Interlocked.Decrement(ref _running);
            _finished.Release();
        }
    }

    private async Task HandleAsync(LeasedMessage leased, CancellationToken stoppingToken)
    {
        QueuedMessage message = leased.Message;
        try
        {
            if (poison is not null && message.DequeueCount > options.MaxDequeueCount)
                await PoisonAsync(message);
            else
                await handle(message, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await leased.ReturnAsync(TimeSpan.Zero, CancellationToken.None);
            return;
        }
        catch (Exception e)
        {
            Log.HandlerFailed(context.Logger, e, queue.Name, message.Id, message.DequeueCount);
            if (poison is null || message.DequeueCount < options.MaxDequeueCount)
            {
                await leased.ReturnAsync(options.RetryDelay, CancellationToken.None);
                return;
            }

            await PoisonAsync(message);
        }

        await leased.DeleteAsync(CancellationToken.None);
    }

    private Task PoisonAsync(QueuedMessage message) => poison!.SendAsync(message.Body, TimeSpan.Zero, CancellationToken.None);

    private async Task RenewLeasesAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(options.Lease / 6, context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (LeasedMessage leased in _inFlight.Values)
                    await RenewAsync(leased, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RenewAsync(LeasedMessage leased, CancellationToken cancellationToken)
    {
        try
        {
            await leased.RenewAsync(options.Lease, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // a timeout of the storage is no cancellation
        {
            Log.RenewFailed(context.Logger, queue.Name, leased.Message.Id, e.Message.Split('\n')[0]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "queue.receive-failed {Queue}: {Error}; trying again", EventName = "queue.receive-failed")]
        public static partial void ReceiveFailed(ILogger logger, string queue, string error);

        [LoggerMessage(11, LogLevel.Error, "queue.handler-failed {Queue} {MessageId} delivery {DequeueCount}: the message comes back", EventName = "queue.handler-failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, string queue, string messageId, long dequeueCount);

        [LoggerMessage(12, LogLevel.Warning, "queue.settle-failed {Queue} {MessageId}: {Error}; the message comes back", EventName = "queue.settle-failed")]
        public static partial void SettleFailed(ILogger logger, string queue, string messageId, string error);

        [LoggerMessage(13, LogLevel.Warning, "queue.renew-failed {Queue} {MessageId}: {Error}; the message may be delivered twice", EventName = "queue.renew-failed")]
        public static partial void RenewFailed(ILogger logger, string queue, string messageId, string error);
    }
}
