using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Courier.DefaultsApp;

/// <summary>A queue trigger with a string, and a client with the standard resilience handler.</summary>
public sealed class CallApi(IHttpClientFactory clients)
{
    public const string Client = "api";

    [Function(nameof(CallApi))]
    public async Task RunAsync([QueueTrigger("%RequestQueue%", Connection = "AzureWebJobsStorage")] string message, CancellationToken cancellationToken)
    {
        string path = JsonElement.Parse(message).GetProperty("path").GetString()!;
        using HttpResponseMessage response = await clients.CreateClient(Client).GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
