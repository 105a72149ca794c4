using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.Storage;

/// <summary>The queues and containers that Courier works with.</summary>
/// <param name="instance">Null for a new one; given where a run must repeat exactly.</param>
public sealed partial class CourierStorage(
    IStorage storage, IOptions<QueueOptions> options, IOptions<DeploymentOptions>? deployment = null, ILogger<CourierStorage>? logger = null, InstanceId? instance = null)
{
    /// <summary>Who this process is to the others.</summary>
    public InstanceId Instance { get; } = instance ?? InstanceId.Create();

    public IMessageQueue Requests { get; } = storage.Queue(options.Value.RequestName);

    /// <summary>Where the host puts a request after its last failed delivery.</summary>
    public IMessageQueue Poison { get; } = storage.Queue(options.Value.PoisonName);

    public IMessageQueue Results { get; } = storage.Queue(options.Value.Results);

    public IMessageQueue DeadLetters { get; } = storage.Queue(options.Value.DeadLetters);

    public IMessageQueue Alerts { get; } = storage.Queue(options.Value.Alerts);

    /// <summary>Requests that outgrew a queue message.</summary>
    public IBlobContainer RequestBodies { get; } = storage.Container("api-requests");

    /// <summary>Response bodies that outgrew a queue message, or are neither JSON nor text.</summary>
    public IBlobContainer ResultBodies { get; } = storage.Container("api-results");

    public IBlobContainer DeadLetterRecords { get; } = storage.Container("api-dead-letters");

    /// <summary>What the instances of a deployment share: small blobs that are compared and swapped.</summary>
    public IBlobContainer State { get; } = Named(storage.Container("api-state"), deployment?.Value.Name);

    /// <summary>Keeps a copy of a shared document that means nothing, for whoever wants to know why, and tells. It is made anew in its place.</summary>
    public async Task SetAsideAsync(string blob, ReadOnlyMemory<byte> content, string why, CancellationToken cancellationToken)
    {
        string copy = $"aside/{blob}.{Convert.ToHexStringLower(SHA256.HashData(content.Span))[..12]}"; // the same for all instances
        await State.WriteAsync(copy, content, "application/octet-stream", cancellationToken);
        if (logger is not null)
            Log.SetAside(logger, State.Name, blob, why, copy);
    }

    public async Task EnsureExistsAsync(CancellationToken cancellationToken)
    {
        foreach (IMessageQueue queue in new[] { Requests, Poison, Results, DeadLetters, Alerts })
            await queue.EnsureExistsAsync(cancellationToken);
        foreach (IBlobContainer container in new[] { RequestBodies, ResultBodies, DeadLetterRecords, State })
            await container.EnsureExistsAsync(cancellationToken);
    }

    private static IBlobContainer Named(IBlobContainer container, string? deployment) =>
        string.IsNullOrEmpty(deployment) ? container : new FolderContainer(container, deployment + "/");

    private static partial class Log
    {
        [LoggerMessage(18, LogLevel.Error, "state.set-aside {Container}/{Blob} means nothing: {Why} It was kept as {Copy}, and is made anew", EventName = "state.set-aside")]
        public static partial void SetAside(ILogger logger, string container, string blob, string why, string copy);
    }
}
