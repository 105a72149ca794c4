using Courier.WorkerHost.Protocol;

namespace Courier.WorkerHost.Worker;

/// <summary>A worker process that has loaded its functions.</summary>
/// <param name="Functions">By the ids that invocations name them by.</param>
internal sealed record ReadyWorker(WorkerProcess Process, WorkerChannel Channel, IReadOnlyDictionary<string, WorkerFunction> Functions)
{
    public string IdOf(string function) => Functions.First(entry => entry.Value.Name == function).Key;
}
