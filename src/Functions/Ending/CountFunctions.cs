using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Courier.Functions.Ending;

/// <summary>
/// Counts each function while it runs. One that the host sends to a worker that ends never begins: it is held until the process is gone, so that
/// its message comes back. Failing it at once would make the host send the next one, and one after the other would use up a delivery.
/// </summary>
public sealed class CountFunctions(RunningFunctions running, TimeProvider time) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!running.TryEnter())
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.CancellationToken);
        try
        {
            await next(context);
        }
        finally
        {
            running.Leave();
        }
    }
}
