using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Courier.Contracts.Wild;

/// <summary>A server on a loopback port that answers to the byte as told, one request a connection.</summary>
public sealed class RawApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _open = new();
    private readonly Func<string, RawAnswer> _answer;
    private readonly Task _loop;

    /// <param name="answer">What is answered to a request's target, like <c>/companies?page=2</c>.</param>
    public RawApi(Func<string, RawAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Each request's line and headers, in the order in which they came.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>The target of each request.</summary>
    public IEnumerable<string> Targets => Requests.Select(TargetOf);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_open.Keys);
        _listener.Dispose();
        _stop.Dispose();
    }

    private static string TargetOf(string request) => request.Split(' ')[1];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Task served = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
                _open[served] = true;
                _ = served.ContinueWith(done => _open.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket connection = socket;
        try
        {
            string request = await ReadAsync(connection);
            if (request.Length == 0)
                return;
            _requests.Enqueue(request);
            RawAnswer answer = _answer(TargetOf(request));
            if (answer.Delay > TimeSpan.Zero)
                await Task.Delay(answer.Delay, TimeProvider.System, _stop.Token);
            await connection.SendAsync(answer.Bytes, _stop.Token);
            await EndAsync(connection, answer.End);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // the test is over, or the client has gone
        }
    }

    private async Task EndAsync(Socket connection, RawEnd end)
    {
        if (end == RawEnd.Stall)
            await connection.ReceiveAsync(new byte[1], _stop.Token); // until the client goes
        else if (end == RawEnd.Reset)
            connection.LingerState = new LingerOption(true, 0);
        else
            connection.Shutdown(SocketShutdown.Send);
    }

    /// <summary>The head, and the body as long as the head says.</summary>
    private async Task<string> ReadAsync(Socket connection)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        while (!IsWhole(text.ToString()) && await connection.ReceiveAsync(buffer, _stop.Token) is var read and > 0)
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string? length = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return end >= 0 && request.Length >= end + 4 + int.Parse(length?["Content-Length:".Length..] ?? "0", null);
    }
}
