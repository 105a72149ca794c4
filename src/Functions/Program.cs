using Courier;
using Courier.Configuration;
using Courier.Exporters;
using Courier.Functions;
using Courier.Functions.Ending;
using Courier.Functions.Logging;
using Courier.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.Services.AddCourier(builder.Configuration);
builder.Services.AddSingleton<IValidateOptions<QueueOptions>, TriggerSettings>();
builder.Services.AddSingleton<LateLines>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LateLines>());
if (builder.AddTelemetryExport(isToldAgain: () => LateLines.AreTold))
    builder.Services.Configure<WorkerOptions>(worker => worker.Capabilities["WorkerOpenTelemetryEnabled"] = bool.TrueString); // the host exports none of our lines then
builder.UseMiddleware<InvocationLog>();
builder.AddOrderlyEnd();
return await builder.Build().RunCourierAsync();
