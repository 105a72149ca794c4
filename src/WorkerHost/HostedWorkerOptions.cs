namespace Courier.WorkerHost;

/// <summary>What to run, and with which settings.</summary>
public sealed record HostedWorkerOptions
{
    /// <summary>What <c>dotnet publish</c> of a Functions app wrote: the worker, worker.config.json and host.json.</summary>
    public required string AppFolder { get; init; }

    /// <summary>
    /// The app settings under their environment names (<c>Api__Key</c>). The worker gets them as its environment; the host reads names of queues
    /// and connections from them, and <c>AzureFunctionsJobHost__…</c> over host.json, as the Functions host does.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Whether timers run by the clock. Without it they run by <see cref="HostedWorker.FireTimerAsync"/> alone.</summary>
    public bool RunsTimers { get; init; } = true;

    /// <summary>A worker that ended so often before it was ready is not started again.</summary>
    public int MaxFailedStarts { get; init; } = 3;

    /// <summary>So long a worker may take to load its functions.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
