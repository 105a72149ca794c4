using Courier;
using Courier.Configuration;
using Courier.Functions.Ending;
using Courier.Resilience;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Polly;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
builder.Services.AddCourier(builder.Configuration)
    .AddStandardResilienceHandler()
    .Configure((options, services) => services.GetRequiredService<ApiResilience>().Configure(
        options.Retry, options.CircuitBreaker, options.AttemptTimeout, options.TotalRequestTimeout,
        context => context.GetRequestMessage()));
builder.AddOrderlyEnd();
return await builder.Build().RunCourierAsync();
