using Courier.Resilience;
using Courier.Storage;

namespace Courier.Bench.Drain;

/// <summary>
/// A queue-triggered function that calls the API through the standard resilience handler, both with their defaults: 30 s in total,
/// three retries of 429 and 5xx after two seconds and doubling, Retry-After honoured instead where there is one. (Its breaker is left out:
/// it would only add failures.) A failed delivery comes back at once, five times, and is then poison.
/// </summary>
internal sealed class PlatformDefaults(HttpMessageInvoker client, VirtualClock clock)
{
    private const int Retries = 3;

    private static readonly TimeSpan s_total = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(QueuedMessage message)
    {
        DateTimeOffset end = clock.GetUtcNow() + s_total;
        for (int attempt = 0; ; attempt++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"https://api.test/items/{SimulatedRequest.Id(message.Body.Span)[1..]}");
            using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
            if (response.IsSuccessStatusCode)
                return;
            TimeSpan pause = RetryAfter.Read(response, clock.GetUtcNow()) ?? TimeSpan.FromSeconds(Math.Pow(2, attempt + 1));
            TimeSpan left = end - clock.GetUtcNow();
            if (attempt == Retries)
                throw new HttpRequestException($"Still {(int)response.StatusCode} after {Retries} retries.");
            await Task.Delay(pause < left ? pause : left, clock, CancellationToken.None);
            if (pause >= left)
                throw new TimeoutException($"No success within {s_total}.");
        }
    }
}
