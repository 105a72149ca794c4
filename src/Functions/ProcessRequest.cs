using Azure.Storage.Queues.Models;
using Courier.AzureStorage;
using Courier.Processing;
using Microsoft.Azure.Functions.Worker;

namespace Courier.Functions;

/// <summary>A message on the request queue becomes an API call.</summary>
public sealed class ProcessRequest(RequestProcessor processor)
{
    [Function(nameof(ProcessRequest))]
    public Task RunAsync([QueueTrigger("%RequestQueue%", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellationToken) =>
        processor.ProcessAsync(message.ToQueuedMessage(), cancellationToken);
}
