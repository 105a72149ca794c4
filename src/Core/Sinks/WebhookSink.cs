using System.Diagnostics;
using System.Net.Http.Headers;
using Courier.Alerts;

namespace Courier.Sinks;

/// <summary>One webhook. Its address is a secret: it stands in no exception, log or trace.</summary>
public sealed class WebhookSink : IAlertSink
{
    /// <summary>The name of the client in IHttpClientFactory.</summary>
    public const string HttpClientName = "courier-alerts";

    private readonly IHttpClientFactory _http;
    private readonly Uri _address;
    private readonly Func<Alert, ReadOnlyMemory<byte>> _write;

    public WebhookSink(WebhookOptions options, IHttpClientFactory http)
    {
        _http = http;
        Name = $"webhook {options.Number} ({options.Format.ToString().ToLowerInvariant()})";
        Uri address = WebhookAddress.Parse(options.Url ?? "") ?? throw NotValidated();
        (_address, _write) = options.Format switch
        {
            WebhookFormat.Generic => (address, GenericFormat.Write),
            WebhookFormat.Slack => (address, SlackFormat.Write),
            WebhookFormat.Teams => (address, TeamsFormat.Write),
            WebhookFormat.PagerDuty => PagerDuty(PagerDutyAddress.Parse(address) ?? throw NotValidated()),
            _ => throw new UnreachableException(),
        };
    }

    public string Name { get; }

    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        using HttpClient client = _http.CreateClient(HttpClientName);
        using HttpRequestMessage request = new(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(_write(alert)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await SendAsync(client, request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"It answered {(int)response.StatusCode}.");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new HttpRequestException($"It gave no answer ({e.HttpRequestError})."); // without the original, which may name the address
        }
    }

    private static (Uri Address, Func<Alert, ReadOnlyMemory<byte>> Write) PagerDuty(PagerDutyAddress address) =>
        (address.Endpoint, alert => PagerDutyFormat.Write(alert, address.RoutingKey));

    private static InvalidOperationException NotValidated() => new("Alerts:Webhooks was not validated.");
}
