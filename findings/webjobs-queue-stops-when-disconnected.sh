#!/usr/bin/env bash
# Microsoft.Azure.WebJobs 3.0.48 with Microsoft.Azure.WebJobs.Extensions.Storage.Queues 5.3.10, the queue listener of the Functions host. Seen 2026-11-29.
# The queue service is away for a while in two ways: it answers 503, or nobody accepts a connection. Then all is well again. The host has a handler of its
# own for unhandled exceptions (IWebJobsExceptionHandler), which notes them and lets the process live.
# Expected: the same both times: the listener backs off, and asks for messages again.
# Seen: so it is with 503, however long. Where no connection can be made for some 25 seconds (six tries of the storage client), the failure goes to the
# handler, and the queue is not asked for messages any more: for good, though everything works again, while the host runs on. The default handler
# ends the process.
# What follows: such a handler must end the process, or stop the host and start another one.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Azure.WebJobs" Version="3.0.48" />
    <PackageReference Include="Microsoft.Azure.WebJobs.Extensions.Storage.Queues" Version="5.3.10" />
  </ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host.Timers;

foreach (bool isRefused in (bool[])[false, true])
{
    QueueService service = new();
    await service.StartAsync();
    Notes notes = new();
    using IHost host = new HostBuilder()
        .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey={Convert.ToBase64String(new byte[32])};BlobEndpoint={service.Address};QueueEndpoint={service.Address}",
        }))
        .ConfigureServices(services => services.AddSingleton<IWebJobsExceptionHandler>(notes))
        .ConfigureWebJobs(webJobs => webJobs.AddAzureStorageQueues(options => options.MaxPollingInterval = TimeSpan.FromSeconds(1)))
        .Build();
    await host.StartAsync();
    while (service.Asked == 0)
        await Task.Delay(100);

    service.IsBusy = true;
    if (isRefused)
        await service.StopAsync();
    await Task.Delay(TimeSpan.FromSeconds(45));
    if (isRefused)
        await service.StartAsync();
    service.IsBusy = false;
    int before = service.Asked;
    await Task.Delay(TimeSpan.FromSeconds(45));
    bool stops = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
    Console.WriteLine($"{(isRefused ? "no connection" : "503")}: told {notes.Last?.GetType().Name ?? "nothing"}; afterwards asked for messages {(service.Asked > before ? "again" : "no more")}; the host {(stops ? "stops" : "runs")}");
}

Environment.Exit(0);

public static class Jobs
{
    public static void Run([QueueTrigger("finding")] string message) => Console.WriteLine(message);
}

/// <summary>As much of a queue service as the listener needs: a queue that is empty.</summary>
internal sealed class QueueService
{
    private WebApplication? _server;
    private string _url = "http://127.0.0.1:0";

    public string Address => _url + "/account";

    public int Asked { get; private set; }

    public bool IsBusy { get; set; }

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(_url);
        _server = builder.Build();
        _server.Run(async context =>
        {
            context.Response.ContentType = "application/xml";
            bool isAsking = context.Request.Method == "GET" && context.Request.Path.Value!.EndsWith("/messages");
            if (IsBusy)
            {
                context.Response.StatusCode = 503;
                context.Response.Headers["x-ms-error-code"] = "ServerBusy";
                await context.Response.WriteAsync("<?xml version=\"1.0\"?><Error><Code>ServerBusy</Code><Message>busy</Message></Error>");
            }
            else if (isAsking)
            {
                Asked++;
                await context.Response.WriteAsync("<?xml version=\"1.0\"?><QueueMessagesList></QueueMessagesList>");
            }
        });
        await _server.StartAsync();
        _url = _server.Urls.Single();
    }

    public async Task StopAsync()
    {
        await _server!.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }
}

internal sealed class Notes : IWebJobsExceptionHandler
{
    public Exception? Last { get; private set; }

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo info)
    {
        Last = info.SourceException;
        return Task.CompletedTask;
    }

    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo info, TimeSpan grace) => Task.CompletedTask;
}
END
cat > expected <<'TEXT'
503: told nothing; afterwards asked for messages again; the host runs
no connection: told AggregateException; afterwards asked for messages no more; the host runs
TEXT

dotnet run -c Release 2> errors | tee seen || { cat errors >&2; exit 1; }
diff expected seen && echo "as found"
