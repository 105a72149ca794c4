using System.Collections.Concurrent;
using Grpc.Core;

namespace Courier.WorkerHost.Protocol;

/// <summary>The host's side of the protocol: a worker connects, says its id, and gets a channel.</summary>
internal sealed class WorkerGateway(WorkerJournal journal) : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> _expected = new(StringComparer.Ordinal);

    /// <summary>Completes when the worker of this id has connected.</summary>
    public Task<WorkerChannel> ExpectAsync(string workerId) =>
        _expected.GetOrAdd(workerId, _ => new TaskCompletionSource<WorkerChannel>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.StartStream is not { } start
            || !_expected.TryRemove(start.WorkerId, out TaskCompletionSource<WorkerChannel>? expected))
            throw new Grpc.Core.RpcException(new Status(StatusCode.InvalidArgument, "The first message must be StartStream with the id that the worker was started with."));
        WorkerChannel channel = new(requestStream, responseStream, journal);
        expected.TrySetResult(channel);
        await channel.RunAsync(context.CancellationToken);
    }
}
