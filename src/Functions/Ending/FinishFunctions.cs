using Microsoft.Extensions.Hosting;

namespace Courier.Functions.Ending;

/// <summary>
/// Asked to end (WorkerTerminate, SIGTERM), the worker's runtime drops what runs within half a second: calls that were made, and of which nobody
/// would know. This waits for them, up to the host's shutdown timeout.
/// </summary>
public sealed class FinishFunctions(RunningFunctions running, TimeProvider time) : IHostedService
{
    /// <summary>The longest a call may take (Resilience:TotalTimeout is at most 4 minutes), and a margin to store what became of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>A function's answer to the host leaves on a queue in the runtime, after the function has ended; nothing tells when it has left.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(500);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await running.CloseAsync().WaitAsync(cancellationToken);
        await Task.Delay(s_answer, time, cancellationToken);
    }
}
