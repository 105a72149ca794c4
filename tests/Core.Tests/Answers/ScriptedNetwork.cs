using System.Text;
using Courier.Api;

namespace Courier.Tests.Answers;

/// <summary>The connections of production, but for the socket: each is a stream that answers by the number in the request's path, <c>/r7</c>.</summary>
internal sealed class ScriptedNetwork : IAsyncDisposable
{
    private readonly GeneratedAnswer[] _answers;
    private readonly int[] _calls;

    public ScriptedNetwork(GeneratedAnswer[] answers)
    {
        (_answers, _calls) = (answers, new int[answers.Length]);
        SocketsHttpHandler connections = ApiConnections.Create();
        connections.ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new Connection(this));
        Connections = connections;
    }

    public HttpMessageHandler Connections { get; }

    public int Calls(int number) => _calls[number];

    public ValueTask DisposeAsync()
    {
        Connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Connection(ScriptedNetwork network) : MemoryStream
    {
        private readonly TaskCompletionSource<GeneratedAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly StringBuilder _request = new();
        private int _sent;
        private int _reads;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _request.Append(Encoding.ASCII.GetString(buffer.Span));
            string request = _request.ToString();
            if (!_answer.Task.IsCompleted && request.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                int number = int.Parse(request.Split(' ')[1].Split('?')[0]["/r".Length..], null);
                network._calls[number]++;
                _answer.SetResult(network._answers[number]);
            }

            return ValueTask.CompletedTask;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            GeneratedAnswer answer = await _answer.Task.WaitAsync(cancellationToken);
            if (buffer.IsEmpty)
                return 0;
            int length = Math.Min(Math.Min(buffer.Length, answer.Bytes.Length - _sent), 1 + (_reads++ * 397 % 1500));
            if (length == 0)
                return answer.Resets ? throw new IOException("Connection reset by peer.") : 0;
            answer.Bytes.AsMemory(_sent, length).CopyTo(buffer);
            _sent += length;
            return length;
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
