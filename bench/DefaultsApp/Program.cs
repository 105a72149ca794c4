using System.Net.Http.Headers;
using Courier.DefaultsApp;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.Services.AddHttpClient(CallApi.Client, client =>
{
    client.BaseAddress = new Uri(builder.Configuration["Api:BaseUrl"]!);
    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", builder.Configuration["Api:Key"]);
}).AddStandardResilienceHandler();
await builder.Build().RunAsync();
