using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Courier.Storage;

namespace Courier.AzureStorage;

/// <summary>A queue of an Azure Storage account.</summary>
public sealed class StorageQueue(QueueClient queue) : IMessageQueue
{
    /// <summary>The service's default of seven days would lose messages.</summary>
    private static readonly TimeSpan s_forever = TimeSpan.FromSeconds(-1);

    public string Name => queue.Name;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(BinaryData.FromBytes(body), WholeSeconds(visibleAfter), s_forever, cancellationToken);

    public async Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken)
    {
        Response<QueueMessage[]> received = await queue.ReceiveMessagesAsync(maximum, WholeSeconds(lease), cancellationToken);
        return Array.ConvertAll(received.Value, static message => message.ToQueuedMessage());
    }

    public async Task<QueuedMessage?> PeekAsync(CancellationToken cancellationToken) =>
        (await queue.PeekMessageAsync(cancellationToken)).Value is { } message
            ? new QueuedMessage(message.MessageId, message.Body.ToMemory(), message.InsertedOn ?? DateTimeOffset.MinValue, message.DequeueCount)
            : null;

    public async Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            // The text is sent along: the service replaces it with what an update carries.
            Response<UpdateReceipt> renewed = await queue.UpdateMessageAsync(
                message.Id, message.Receipt, BinaryData.FromBytes(message.Body), WholeSeconds(lease), cancellationToken);
            return message with { Receipt = renewed.Value.PopReceipt };
        }
        catch (RequestFailedException e) when (IsLeaseLost(e))
        {
            return null;
        }
    }

    public async Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await queue.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
        }
        catch (RequestFailedException e) when (IsLeaseLost(e))
        {
            // Somebody else has the message now, or has deleted it.
        }
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    private static bool IsLeaseLost(RequestFailedException e) =>
        e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    /// <summary>The service counts in whole seconds; rounded up, so that nothing comes back early.</summary>
    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
}
