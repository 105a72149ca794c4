using System.Net.Sockets;
using Courier.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Courier.Functions.Ending;

/// <summary>
/// Ends the worker when its Functions host is gone. By itself a worker outlives a host that crashed, for ever and in silence, its background loops
/// running beside those of the next one. A host that lives accepts connections where its worker has connected to; that nobody listens
/// there any more is what the system says of a process that is gone, on every platform.
/// </summary>
public sealed class HostWatch(IConfiguration configuration, ProcessEnd end, TimeProvider time) : BackgroundService
{
    /// <summary>Where the runtime keeps the address that the host gave it on the command line.</summary>
    private const string Address = "Functions:Worker:HostEndpoint";

    /// <summary>A refusal may be chance; so many in a row are not.</summary>
    private const int Refusals = 3;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Uri.TryCreate(configuration[Address], UriKind.Absolute, out Uri? host))
            return; // embedded in the host's own process
        using PeriodicTimer timer = new(s_interval, time);
        for (int refusals = 0; refusals < Refusals;)
        {
            if (!await timer.WaitForNextTickAsync(stoppingToken))
                return;
            refusals = await IsGoneAsync(host, stoppingToken) ? refusals + 1 : 0;
        }

        await Console.Error.WriteLineAsync($"error: the Functions host of this worker is gone (nobody listens at {host}). The worker ends; what it runs is seen through first.");
        end.End(1);
    }

    /// <summary>Only when it is certain: a host that is too busy to accept is no host that is gone.</summary>
    private static async Task<bool> IsGoneAsync(Uri host, CancellationToken cancellationToken)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host.Host, host.Port, cancellationToken).AsTask().WaitAsync(s_interval, cancellationToken);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
