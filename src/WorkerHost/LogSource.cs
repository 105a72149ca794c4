namespace Courier.WorkerHost;

public enum LogSource
{
    /// <summary>Logged by the worker, over the protocol.</summary>
    Worker,

    /// <summary>Written to the worker's standard output or error.</summary>
    Console,

    /// <summary>Said by the host itself, its queue listener included.</summary>
    Host,
}
