using System.Buffers;
using System.Net.Http.Headers;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Api;

/// <summary>
/// The innermost handler, inside the resilience pipeline: the only place that adds the key, and only for the API's own origin.
/// It reads the body whole, so that a connection that breaks in the middle of an answer counts as a failed attempt.
/// </summary>
public sealed class ApiHandler(IOptions<ApiOptions> options, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>What an answer's Content-Length may claim in memory before a byte of the body has come.</summary>
    private const int MostReserved = 1024 * 1024;

    private readonly AuthenticationHeaderValue _authorization = new("Token", options.Value.Key);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ApiOptions api = options.Value;
        if (request.RequestUri is not { } target || !RequestGuard.IsBelow(api.BaseUrl!, target))
            throw new InvalidOperationException("A call was about to leave the API's base address; the key stays here.");

        if (request.Options.TryGetValue(AttemptCount.Key, out AttemptCount? attempts))
            attempts.Value++;
        request.Headers.Authorization = _authorization;
        try
        {
            return await WithBodyAsync(await base.SendAsync(request, cancellationToken), api.MaxResponseBytes, cancellationToken);
        }
        finally
        {
            request.Headers.Authorization = null;
        }
    }

    private static async ValueTask<HttpResponseMessage> WithBodyAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        try
        {
            response.Content = await ReadAsync(response.Content, limit, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async ValueTask<ResponseContent> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        using HttpContent source = content;
        await using Stream stream = await source.ReadAsStreamAsync(cancellationToken);
        using MemoryStream body = new((int)Math.Min(source.Headers.ContentLength ?? 0, MostReserved));
        byte[] chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while (body.Length <= limit && (read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
                body.Write(chunk, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        ReadOnlyMemory<byte> bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        return new ResponseContent(bytes.Length > limit ? bytes[..limit] : bytes, bytes.Length > limit, source.Headers);
    }
}
