using Courier.WorkerHost.Protocol;
using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost.Worker;

/// <summary>
/// Keeps one worker running: starts it, starts another when it has ended, and gives up when it ended a few times in a row before it was ready.
/// While none is ready, invocations wait.
/// </summary>
internal sealed class WorkerSupervisor(HostedWorkerOptions options, WorkerGateway gateway, Uri address, WorkerJournal journal)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(8);

    /// <summary>For a worker that has closed its stream to end by itself.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private TaskCompletionSource<ReadyWorker> _ready = NewReady();

    /// <summary>The worker that takes invocations; waits while there is none.</summary>
    /// <exception cref="WorkerFailedException">There will be none any more.</exception>
    public Task<ReadyWorker> ReadyAsync(CancellationToken cancellationToken) => Volatile.Read(ref _ready).Task.WaitAsync(cancellationToken);

    /// <summary>The worker that takes invocations, if there is one.</summary>
    public ReadyWorker? Current => Volatile.Read(ref _ready).Task is { IsCompletedSuccessfully: true } ready ? ready.Result : null;

    /// <summary>What runs when the worker ends has no end any more, as in a host that is gone itself.</summary>
    public bool ForgetsInvocations { get; set; }

    /// <summary>From now on invocations wait for the next worker.</summary>
    public void Retire()
    {
        TaskCompletionSource<ReadyWorker> ready = Volatile.Read(ref _ready);
        if (ready.Task.IsCompletedSuccessfully) // otherwise somebody may wait on it for the next worker already
            Interlocked.CompareExchange(ref _ready, NewReady(), ready);
    }

    /// <summary>Ends when it has given up.</summary>
    /// <param name="stopping">No further worker is started.</param>
    /// <param name="killing">And the one that runs is killed.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken killing)
    {
        await KeepRunningAsync(stopping, killing);
        Volatile.Read(ref _ready).TrySetException(new WorkerFailedException("The host has stopped: there is no worker any more."));
    }

    private async Task KeepRunningAsync(CancellationToken stopping, CancellationToken killing)
    {
        int failedStarts = 0;
        while (!stopping.IsCancellationRequested)
        {
            string workerId = Guid.NewGuid().ToString();
            Task<WorkerChannel> connecting = gateway.ExpectAsync(workerId);
            using WorkerProcess process = WorkerProcess.Start(options, address, workerId, journal);
            journal.CountStart();
            failedStarts = await ServeAsync(process, connecting, killing) ? 0 : failedStarts + 1;
            journal.Say(LogLevel.Information, $"The worker has ended with exit code {process.ExitCode}.");
            if (stopping.IsCancellationRequested)
                return;
            if (failedStarts >= options.MaxFailedStarts)
            {
                GiveUp(process.ExitCode);
                return;
            }

            if (failedStarts > 0)
                await Task.WhenAny(Task.Delay(Pause(failedStarts), options.Time, stopping));
        }
    }

    /// <summary>One worker, from its start to its end.</summary>
    /// <returns>Whether it became ready.</returns>
    private async Task<bool> ServeAsync(WorkerProcess process, Task<WorkerChannel> connecting, CancellationToken killing)
    {
        bool isReady = false;
        try
        {
            if (await StartAsync(process, connecting, killing) is { } worker)
            {
                isReady = true;
                Volatile.Read(ref _ready).TrySetResult(worker);
                await worker.Channel.Closed.WaitAsync(killing);
                Retire(); // before what runs is failed, so that what the listener takes next meets no dead worker
                if (!ForgetsInvocations)
                    worker.Channel.FailInvocations();
                await process.ExitAsync(killing).WaitAsync(s_patience, options.Time, killing);
            }
        }
        catch (Exception e) when (e is WorkerFailedException or TimeoutException or OperationCanceledException)
        {
            if (!killing.IsCancellationRequested)
                journal.Say(LogLevel.Error, $"The worker failed: {e.Message}");
        }

        process.Kill();
        await process.ExitAsync(CancellationToken.None);
        return isReady;
    }

    /// <summary>Null when the process ended first.</summary>
    private async Task<ReadyWorker?> StartAsync(WorkerProcess process, Task<WorkerChannel> connecting, CancellationToken killing)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(killing);
        deadline.CancelAfter(options.StartTimeout);
        Task exit = process.ExitAsync(deadline.Token);
        if (await Task.WhenAny(connecting, exit) == exit)
        {
            await exit;
            return null;
        }

        WorkerChannel channel = await connecting;
        return new ReadyWorker(process, channel, await Handshake.RunAsync(channel, options.AppFolder, deadline.Token));
    }

    private void GiveUp(int exitCode)
    {
        string message = $"The worker ended with exit code {exitCode} before it was ready, {options.MaxFailedStarts} times in a row: it is not started again. What it wrote stands above.";
        journal.Say(LogLevel.Error, message);
        Volatile.Read(ref _ready).TrySetException(new WorkerFailedException(message));
    }

    private static TimeSpan Pause(int failedStarts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failedStarts - 1), s_longestPause.TotalSeconds));

    private static TaskCompletionSource<ReadyWorker> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
