using System.Net;
using Courier.Page.Acting;
using Courier.Page.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.Page.Serving;

/// <summary>The operator's page on 127.0.0.1: what <see cref="Operations"/> shows, and what may be done, in a browser.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LiveFeed _live;

    private PageServer(WebApplication app, LiveFeed live) => (_app, _live) = (app, live);

    /// <summary>What to open in a browser.</summary>
    public Uri Address => new($"http://localhost:{new Uri(_app.Urls.Single()).Port}/");

    /// <param name="courier">Courier and <see cref="OperationsRegistration.AddCourierOperations"/>.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PageServer> StartAsync(IServiceProvider courier, PageOptions options, CancellationToken cancellationToken)
    {
        // The empty builder reads no environment, logs nothing and leaves Ctrl-C to the process that hosts this.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 128 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));

        WebApplication app = builder.Build();
        PageGuard guard = new(options);
        RedriveDesk redrives = ActivatorUtilities.CreateInstance<RedriveDesk>(courier, options, app.Lifetime.ApplicationStopping);
        app.Use(Faults.TellAsync);
        app.Use(guard.CheckAsync);
        app.UseRouting();
        Assets.Map(app, guard, options);
        LiveFeed live = ActivatorUtilities.CreateInstance<LiveFeed>(courier, options, redrives);
        live.Map(app);
        ActivatorUtilities.CreateInstance<DeadLetterViews>(courier).Map(app);
        ActivatorUtilities.CreateInstance<AlertViews>(courier).Map(app);
        ActivatorUtilities.CreateInstance<BatchViews>(courier).Map(app);
        redrives.Map(app);
        ActivatorUtilities.CreateInstance<OrderActions>(courier, options).Map(app);
        ActivatorUtilities.CreateInstance<Mending>(courier, options).Map(app);
        await app.StartAsync(cancellationToken);
        return new(app, live);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _live.Dispose();
    }
}
