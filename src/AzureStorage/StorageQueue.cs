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

    private readonly StorageCall _call = new(queue.Name, cancellationToken => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken));

    public string Name => queue.Name;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        _call.RunAsync(() => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    public Task SendAsync(ReadOnlyMemory<byte> body, TimeSpan visibleAfter, CancellationToken cancellationToken) =>
        _call.RunAsync(() => queue.SendMessageAsync(BinaryData.FromBytes(body), WholeSeconds(visibleAfter), s_forever, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int maximum, TimeSpan lease, CancellationToken cancellationToken) => _call.RunAsync<IReadOnlyList<QueuedMessage>>(
        async () =>
        {
            Response<QueueMessage[]> received = await queue.ReceiveMessagesAsync(maximum, WholeSeconds(lease), cancellationToken);
            return Array.ConvertAll(received.Value, static message => message.ToQueuedMessage());
        },
        cancellationToken);

    public async Task<QueuedMessage?> PeekAsync(CancellationToken cancellationToken) => await PeekAsync(1, cancellationToken) is [var first, ..] ? first : null;

    public Task<IReadOnlyList<QueuedMessage>> PeekAsync(int maximum, CancellationToken cancellationToken) => _call.RunAsync<IReadOnlyList<QueuedMessage>>(
        async () => Array.ConvertAll((await queue.PeekMessagesAsync(maximum, cancellationToken)).Value, static message =>
            new QueuedMessage(message.MessageId, message.Body.ToMemory(), message.InsertedOn ?? DateTimeOffset.MinValue, message.DequeueCount)),
        cancellationToken);

    public Task<QueuedMessage?> RenewAsync(QueuedMessage message, TimeSpan lease, CancellationToken cancellationToken) => _call.RunAsync(
        async () =>
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
        },
        cancellationToken);

    public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => _call.RunAsync(
        async () =>
        {
            try
            {
                await queue.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (IsLeaseLost(e))
            {
                return false; // somebody else has the message now, or has deleted it
            }
        },
        cancellationToken);

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        _call.RunAsync(async () => (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount, cancellationToken);

    private static bool IsLeaseLost(RequestFailedException e) =>
        e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    /// <summary>The service counts in whole seconds; rounded up, so that nothing comes back early.</summary>
    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
}
