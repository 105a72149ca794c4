using Azure.Storage.Queues.Models;
using Courier.AzureStorage;
using Courier.Processing;
using Microsoft.Azure.Functions.Worker;

namespace Courier.Functions;

/// <summary>A message that the host gave up becomes a dead letter with a reason.</summary>
public sealed class CapturePoison(PoisonCapture capture)
{
    [Function(nameof(CapturePoison))]
    public Task RunAsync([QueueTrigger("%PoisonQueue%", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellationToken) =>
        capture.CaptureAsync(message.ToQueuedMessage(), cancellationToken);
}
