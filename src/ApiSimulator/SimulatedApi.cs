using System.Net;
using Courier.ApiSimulator.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.ApiSimulator;

/// <summary>A REST API on 127.0.0.1 with a key, a rolling quota, sample data and faults on demand.</summary>
public sealed class SimulatedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Gateway _gateway;

    private SimulatedApi(WebApplication app, Gateway gateway) => (_app, _gateway) = (app, gateway);

    public Uri BaseAddress => new(_app.Urls.Single());

    /// <summary>The latest API calls, oldest first; a call still being answered is in it, without a status.</summary>
    public IReadOnlyList<LoggedRequest> Requests => _gateway.Log.Since(0);

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedApi> StartAsync(
        SimulatorOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QuotaLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLoggedRequests, 1);

        // The empty builder reads no environment, logs nothing and leaves Ctrl-C to the process that hosts this.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));

        Gateway gateway = new(options, time ?? TimeProvider.System);
        WebApplication app = builder.Build();
        app.Run(gateway.HandleAsync);
        await app.StartAsync(cancellationToken);
        return new(app, gateway);
    }

    /// <exception cref="FormatException">Its message says what is wrong with the fault.</exception>
    public void Script(Fault fault) => _gateway.Faults.Add(fault);

    public void ClearFaults() => _gateway.Faults.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
