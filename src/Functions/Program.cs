using Courier;
using Courier.Configuration;
using Courier.Functions;
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
builder.UseMiddleware<InvocationLog>();
return await builder.Build().RunCourierAsync();
