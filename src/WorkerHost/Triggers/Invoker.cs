using System.Diagnostics;
using Courier.WorkerHost.Protocol;
using Courier.WorkerHost.Worker;

namespace Courier.WorkerHost.Triggers;

/// <summary>Runs a function on whichever worker is ready, and keeps account of it.</summary>
internal sealed class Invoker(WorkerSupervisor supervisor, WorkerJournal journal)
{
    /// <exception cref="WorkerFailedException">The function failed, or the worker ended meanwhile.</exception>
    public async Task InvokeAsync(WorkerFunction function, TypedData data, CancellationToken cancellationToken)
    {
        ReadyWorker worker = await supervisor.ReadyAsync(cancellationToken);
        string invocationId = Guid.NewGuid().ToString();
        InvocationRequest request = new()
        {
            InvocationId = invocationId,
            FunctionId = worker.IdOf(function.Name),
            TraceContext = new RpcTraceContext { TraceParent = Activity.Current?.Id ?? "", TraceState = Activity.Current?.TraceStateString ?? "" },
            InputData = { new ParameterBinding { Name = function.Parameter, Data = data } },
        };
        journal.CountInvocation();
        try
        {
            await worker.Channel.InvokeAsync(request, cancellationToken);
            journal.Add(new FunctionRun(function.Name, invocationId, null));
        }
        catch (WorkerFailedException e)
        {
            journal.Add(new FunctionRun(function.Name, invocationId, e.Message));
            throw;
        }
    }
}
