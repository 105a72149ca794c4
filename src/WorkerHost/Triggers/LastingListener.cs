using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost.Triggers;

/// <summary>
/// A queue listener, and another one after one that broke. One that cannot connect to the storage for some 25 seconds polls no more, and says that its
/// process must end (an answer of 503 it bears, however long). The Functions host ends then, and the platform starts it anew.
/// </summary>
/// <param name="create">A listener that tells the handler when it is broken.</param>
internal sealed class LastingListener(Func<IWebJobsExceptionHandler, IHost> create, TimeProvider time, WorkerJournal journal)
{
    /// <summary>For one that finds the storage away when it starts.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private Breakdown _breakdown = new();
    private IHost? _listener;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Breakdown breakdown = new();
        IHost listener = create(breakdown);
        try
        {
            await listener.StartAsync(cancellationToken);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        (_listener, _breakdown) = (listener, breakdown);
    }

    /// <summary>Follows a listener that broke with another one, until the end.</summary>
    /// <param name="stopping">What listens then is left to <see cref="StopAsync"/>.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                Exception why = await _breakdown.Why.WaitAsync(stopping);
                journal.Say(LogLevel.Error, $"The queue listener has broken down, and another one takes its place: {why.Message}");
                while (!await TryReplaceAsync(stopping))
                    await Task.Delay(s_pause, time, stopping);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>In good order: takes no more messages and sees what runs through.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is null)
            return;
        await _listener.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(cancellationToken);
        await _listener.StopAsync(cancellationToken);
        Abandon();
    }

    /// <summary>Without order.</summary>
    public void Abandon()
    {
        _listener?.Dispose();
        _listener = null;
    }

    private async Task<bool> TryReplaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StopAsync(CancellationToken.None);
            await StartAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            journal.Say(LogLevel.Warning, $"Another queue listener does not start, and is tried again: {e.Message}");
            Abandon();
            return false;
        }
    }

    private sealed class Breakdown : IWebJobsExceptionHandler
    {
        private readonly TaskCompletionSource<Exception> _why = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception> Why => _why.Task;

        public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
        {
            _why.TrySetResult(exceptionInfo.SourceException);
            return Task.CompletedTask;
        }

        public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) => OnUnhandledExceptionAsync(exceptionInfo);
    }
}
