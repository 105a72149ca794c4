using Courier.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.Processing;

/// <summary>
/// Creates the queues and containers that are missing, before the first message is taken. A storage that fails in passing does not keep Courier
/// from starting: whatever is missing then is made by the operation that misses it. One that needs somebody to act does.
/// </summary>
internal sealed partial class StorageStartup(CourierStorage storage, ILogger<StorageStartup> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.EnsureExistsAsync(cancellationToken);
        }
        catch (StorageFailureException e) when (!e.IsBlocked)
        {
            Log.NotReady(logger, e.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(19, LogLevel.Warning, "storage.not-ready {Problem} Queues and containers are made when they are first needed", EventName = "storage.not-ready")]
        public static partial void NotReady(ILogger logger, string problem);
    }
}
