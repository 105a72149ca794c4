using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Courier.Tests.Resilience;

/// <summary>A server that does to its connections what no web server would.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private TcpClient? _open;

    /// <param name="serve">What to do with a connection; afterwards it is closed.</param>
    public RawServer(Func<NetworkStream, Task> serve)
    {
        _listener.Start();
        _loop = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    /// <summary>Reads a whole request: its head, and its body as long as the head says.</summary>
    public static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        while (!IsWhole(text.ToString()) && await stream.ReadAsync(buffer) is var read and > 0)
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _open?.Dispose();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static bool IsWhole(string request)
    {
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string? length = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end >= 0 && request.Length >= end + 4 + int.Parse(length?["Content-Length:".Length..] ?? "0", null);
    }

    private async Task AcceptAsync(Func<NetworkStream, Task> serve)
    {
        try
        {
            while (true)
            {
                using TcpClient connection = _open = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await serve(connection.GetStream());
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // the test is over
        }
    }
}
