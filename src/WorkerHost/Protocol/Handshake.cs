namespace Courier.WorkerHost.Protocol;

/// <summary>Makes a worker that has connected ready: init, metadata, and each function loaded.</summary>
internal static class Handshake
{
    /// <summary>The release of the Functions host whose messages these are.</summary>
    private const string HostVersion = "4.1037.0";

    /// <summary>The functions with the ids that invocations name them by.</summary>
    public static async Task<IReadOnlyDictionary<string, WorkerFunction>> RunAsync(WorkerChannel channel, string appFolder, CancellationToken cancellationToken)
    {
        StreamingMessage init = await channel.AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = appFolder, FunctionAppDirectory = appFolder },
        }, cancellationToken);
        Check("WorkerInit", init.WorkerInitResponse?.Result);

        StreamingMessage metadata = await channel.AskAsync(new StreamingMessage
        {
            FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = appFolder },
        }, cancellationToken);
        Check("FunctionsMetadata", metadata.FunctionMetadataResponse?.Result);

        Dictionary<string, WorkerFunction> functions = new(StringComparer.Ordinal);
        foreach (RpcFunctionMetadata function in metadata.FunctionMetadataResponse!.FunctionMetadataResults)
        {
            if (function.FunctionId.Length == 0)
                function.FunctionId = function.Name;
            StreamingMessage loaded = await channel.AskAsync(new StreamingMessage
            {
                FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function },
            }, cancellationToken);
            Check($"FunctionLoad of {function.Name}", loaded.FunctionLoadResponse?.Result);
            functions.Add(function.FunctionId, WorkerFunction.Read(function));
        }

        return functions;
    }

    private static void Check(string step, StatusResult? result)
    {
        if (result?.Status != StatusResult.Types.Status.Success)
            throw new WorkerFailedException($"{step} failed in the worker: {result?.Exception?.Message ?? "no result"}");
    }
}
