using Microsoft.Extensions.Options;

namespace Courier.Storage;

/// <summary>The queues and containers that Courier works with.</summary>
public sealed class CourierStorage(IStorage storage, IOptions<QueueOptions> options)
{
    /// <summary>Who this process is to the others.</summary>
    public InstanceId Instance { get; } = InstanceId.Create();

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

    /// <summary>What instances share: small blobs that are compared and swapped.</summary>
    public IBlobContainer State { get; } = storage.Container("api-state");

    public async Task EnsureExistsAsync(CancellationToken cancellationToken)
    {
        foreach (IMessageQueue queue in new[] { Requests, Poison, Results, DeadLetters, Alerts })
            await queue.EnsureExistsAsync(cancellationToken);
        foreach (IBlobContainer container in new[] { RequestBodies, ResultBodies, DeadLetterRecords, State })
            await container.EnsureExistsAsync(cancellationToken);
    }
}
