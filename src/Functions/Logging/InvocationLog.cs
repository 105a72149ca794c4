using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Courier.Functions.Logging;

/// <summary>Tells within each invocation what was written since the last one, where the host would not have heard it.</summary>
public sealed class InvocationLog(LateLines late, ILoggerFactory loggers) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using IDisposable invocation = LateLines.Enter();
        late.Tell(loggers);
        await next(context);
    }
}
