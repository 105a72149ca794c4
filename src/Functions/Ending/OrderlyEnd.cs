using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.Functions.Ending;

internal static class OrderlyEnd
{
    /// <summary>Sees running functions through before the worker ends, and ends it when its host is gone. Registered last, it is asked to stop first.</summary>
    public static void AddOrderlyEnd(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RunningFunctions>();
        builder.Services.AddHostedService<HostWatch>();
        builder.Services.AddHostedService<FinishFunctions>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = FinishFunctions.Patience);
        builder.UseMiddleware<CountFunctions>();
    }
}
