using System.Net.Http.Headers;
using System.Text.Json;
using Courier.Answers;
using Courier.Origin;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Courier.StatusPages;

/// <summary>Asks the vendor's status page what is wrong. Whatever keeps it from answering is no reason not to send an alert.</summary>
public sealed partial class StatusPage(IHttpClientFactory http, IOptions<ApiOptions> api, TimeProvider time, ILogger<StatusPage> logger)
{
    /// <summary>The name of the client in IHttpClientFactory.</summary>
    public const string HttpClientName = "courier-status-page";

    private const int LongestSummary = 256 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    /// <summary>Null when no page is set, or it gives no answer that can be read. Throws for nothing but cancellation.</summary>
    public async Task<VendorStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        if (api.Value.StatusPageUrl is not { } url)
            return null;
        string page = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        using CancellationTokenSource timeout = new(s_timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return StatusSummary.Read(await GetAsync(new Uri(page + "/api/v2/summary.json"), either.Token), page);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Unreadable(logger, page, timeout.IsCancellationRequested ? $"no answer within {s_timeout.TotalSeconds} s" : e.Message);
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>> GetAsync(Uri summary, CancellationToken cancellationToken)
    {
        using HttpClient client = http.CreateClient(HttpClientName);
        using HttpResponseMessage response = await client.GetAsync(summary, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"it answered {(int)response.StatusCode}");
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] content = new byte[LongestSummary + 1];
        int length = await body.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > LongestSummary)
            throw new JsonException($"its summary is longer than {LongestSummary} bytes");
        string? type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types) ? types.ToString() : null;
        return AnswerText.Of(content.AsMemory(0, length), type).InUtf8 ?? content.AsMemory(0, length);
    }

    private static partial class Log
    {
        [LoggerMessage(49, LogLevel.Information, "status-page.unreadable The status page {Page} tells nothing: {Why}", EventName = "status-page.unreadable")]
        public static partial void Unreadable(ILogger logger, string page, string why);
    }
}
