using Azure.Storage.Queues.Models;
using Courier.Storage;

namespace Courier.AzureStorage;

/// <summary>The SDK's message as Courier's.</summary>
public static class QueueMessages
{
    public static QueuedMessage ToQueuedMessage(this QueueMessage message) =>
        new(message.MessageId, message.Body.ToMemory(), message.InsertedOn ?? DateTimeOffset.UnixEpoch, message.DequeueCount, message.PopReceipt);
}
