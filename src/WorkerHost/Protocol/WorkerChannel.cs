using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Courier.WorkerHost.Protocol;

/// <summary>The conversation with one worker process, from its first word to the end of the stream.</summary>
internal sealed class WorkerChannel(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, WorkerJournal journal)
{
    private readonly Channel<StreamingMessage> _outbox = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<StreamingMessage> _answers = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the stream has ended, for whatever reason.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Carries messages both ways until the stream ends. Never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Task writing = WriteAsync(cancellationToken);
        try
        {
            await foreach (StreamingMessage message in incoming.ReadAllAsync(cancellationToken))
                Receive(message);
        }
        catch (Exception e) when (e is IOException or Grpc.Core.RpcException or OperationCanceledException)
        {
            // A worker that was killed takes no leave.
        }

        _closed.TrySetResult();
        _outbox.Writer.TryComplete();
        _answers.Writer.TryComplete();
        await writing;
    }

    /// <summary>What runs on the worker has failed now, and so does what comes later.</summary>
    public void FailInvocations() => _abandoned.TrySetResult();

    /// <summary>One question of the handshake, which asks one at a time.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        Send(question);
        try
        {
            return await _answers.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new WorkerFailedException("The worker closed the stream while it was being started.");
        }
    }

    /// <exception cref="WorkerFailedException">The function failed, or the worker has gone.</exception>
    public async Task InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        TaskCompletionSource<InvocationResponse> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = completion;
        Send(new StreamingMessage { InvocationRequest = request });
        await using CancellationTokenRegistration cancelling = cancellationToken.Register(() =>
            Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
        bool isAnswered = await Task.WhenAny(completion.Task, _abandoned.Task) == completion.Task;
        _invocations.TryRemove(request.InvocationId, out _);
        if (!isAnswered)
            throw new WorkerFailedException("The worker ended while the function was running.");
        StatusResult result = (await completion.Task).Result;
        if (result.Status != StatusResult.Types.Status.Success)
            throw new WorkerFailedException(result.Exception?.Message ?? result.Status.ToString());
    }

    public void Terminate() => Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });

    private void Send(StreamingMessage message) => _outbox.Writer.TryWrite(message);

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                journal.Add(Line(message.RpcLog));
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invocations.TryGetValue(message.InvocationResponse.InvocationId, out TaskCompletionSource<InvocationResponse>? completion))
                    completion.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.None: // the worker acknowledges WorkerTerminate and InvocationCancel so
                break;
            default:
                _answers.Writer.TryWrite(message);
                break;
        }
    }

    private static LogLine Line(RpcLog log) => new(
        LogSource.Worker, (LogLevel)log.Level, log.Category, log.Exception is { } e ? $"{log.Message}\n{e.Message}" : log.Message,
        log.InvocationId.Length > 0 ? log.InvocationId : null, log.LogCategory != RpcLog.Types.RpcLogCategory.User);

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (StreamingMessage message in _outbox.Reader.ReadAllAsync(cancellationToken))
                await outgoing.WriteAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is IOException or Grpc.Core.RpcException or OperationCanceledException or InvalidOperationException)
        {
            _closed.TrySetResult(); // nobody reads any more
        }
    }
}
