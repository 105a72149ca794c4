using System.Net;
using Courier.WorkerHost.Protocol;
using Courier.WorkerHost.Triggers;
using Courier.WorkerHost.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.WorkerHost;

/// <summary>
/// A published Functions worker at work: not the Functions host, but its protocol (gRPC) and its queue listener (the WebJobs SDK's), in this
/// process. What the worker runs is exactly what is deployed. There is no scale controller, no HTTP trigger, no functionTimeout and no sync of
/// timers between hosts.
/// </summary>
public sealed class HostedWorker : IAsyncDisposable
{
    /// <summary>For a worker that is asked to end: longer than it waits for what it runs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _killing = new();
    private readonly HostedWorkerOptions _options;
    private readonly WebApplication _server;
    private readonly WorkerSupervisor _supervisor;
    private readonly Invoker _invoker;
    private readonly TimerClock _timers;
    private readonly LastingListener _listener;
    private Task _running = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;

    private HostedWorker(HostedWorkerOptions options, WorkerJournal journal, WebApplication server, WorkerGateway gateway)
    {
        (_options, Journal, _server) = (options, journal, server);
        _supervisor = new WorkerSupervisor(options, gateway, new Uri(server.Urls.Single()), journal);
        _invoker = new Invoker(_supervisor, journal);
        _timers = new TimerClock(_invoker, options.Time, journal);
        _listener = new LastingListener(failure => QueueListening.Create(options, Functions, _invoker.InvokeAsync, failure, journal), options.Time, journal);
    }

    public WorkerJournal Journal { get; }

    /// <summary>The functions of the worker that was started first.</summary>
    public IReadOnlyList<WorkerFunction> Functions { get; private set; } = [];

    /// <summary>Ends when the worker is not started again, and otherwise with the host.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the worker, waits until it is ready, then listens on its queues and runs its timers.</summary>
    /// <param name="journal">Given, so that what a worker said that did not come to a start can still be read.</param>
    /// <exception cref="WorkerFailedException">It did not become ready.</exception>
    public static async Task<HostedWorker> StartAsync(HostedWorkerOptions options, WorkerJournal journal, CancellationToken cancellationToken)
    {
        WorkerGateway gateway = new(journal);
        WebApplication server = Serve(gateway);
        await server.StartAsync(cancellationToken);
        HostedWorker host = new(options, journal, server, gateway);
        try
        {
            await host.BeginAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process id of the worker that takes invocations; waits while there is none.</summary>
    public async Task<int> WorkerProcessIdAsync(CancellationToken cancellationToken) => (await _supervisor.ReadyAsync(cancellationToken)).Process.Id;

    /// <summary>Runs a timer function now, and waits for its end.</summary>
    public Task FireTimerAsync(string function, CancellationToken cancellationToken) =>
        _timers.FireAsync(Functions.OfType<WorkerFunction.Timer>().Single(timer => timer.Name == function), cancellationToken);

    /// <summary>SIGKILL to the worker. What it ran has failed; another one is started.</summary>
    public async Task KillWorkerAsync(CancellationToken cancellationToken) => (await _supervisor.ReadyAsync(cancellationToken)).Process.Kill();

    /// <summary>Asks the worker to end and waits until it has; another one is started. Invocations wait for that one.</summary>
    public async Task TerminateWorkerAsync(CancellationToken cancellationToken)
    {
        ReadyWorker worker = await _supervisor.ReadyAsync(cancellationToken);
        _supervisor.Retire();
        worker.Channel.Terminate();
        await worker.Channel.Closed.WaitAsync(cancellationToken);
    }

    /// <summary>In good order: takes no more messages, sees what runs through, then ends the worker.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync(); // a worker that ends now is not followed by another
        await _listening;
        await _listener.StopAsync(cancellationToken);
        _killing.CancelAfter(s_patience);
        _supervisor.Current?.Channel.Terminate();
        await _running;
    }

    /// <summary>
    /// Is gone as a host that crashed: serves the protocol no more, gives no message back, and leaves the worker to itself. Ends when the worker has.
    /// </summary>
    public async Task VanishAsync(CancellationToken cancellationToken)
    {
        _supervisor.ForgetsInvocations = true;
        await _stopping.CancelAsync();
        await _server.StopAsync(cancellationToken);
        await _listening;
        _listener.Abandon();
        await _running;
    }

    /// <summary>Without order: the worker is killed, and the messages that it held come back when their lease ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _killing.CancelAsync();
        await _listening;
        await _running;
        _listener.Abandon();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
        _killing.Dispose();
    }

    private static WebApplication Serve(WorkerGateway gateway)
    {
        // The empty builder reads no environment, logs nothing and leaves Ctrl-C to the process that hosts this.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(gateway).AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));
        WebApplication server = builder.Build();
        server.UseRouting();
        server.MapGrpcService<WorkerGateway>();
        return server;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _running = Ended = _supervisor.RunAsync(_stopping.Token, _killing.Token);
        Functions = [.. (await _supervisor.ReadyAsync(cancellationToken)).Functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal)];
        await _listener.StartAsync(cancellationToken);
        _listening = _listener.RunAsync(_stopping.Token);
        if (_options.RunsTimers)
            _running = Task.WhenAll(_running, _timers.RunAsync(Functions.OfType<WorkerFunction.Timer>(), _stopping.Token));
    }
}
