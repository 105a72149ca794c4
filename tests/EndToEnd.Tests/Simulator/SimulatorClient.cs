using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests.Simulator;

/// <summary>A simulator on a free port and a client that has its key.</summary>
internal sealed class SimulatorClient : IAsyncDisposable
{
    private readonly HttpClient _http;

    private SimulatorClient(SimulatedApi api, string key)
    {
        Api = api;
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = api.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new("Token", key);
    }

    public SimulatedApi Api { get; }

    public AuthenticationHeaderValue? Authorization
    {
        set => _http.DefaultRequestHeaders.Authorization = value;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SimulatorClient> StartAsync(SimulatorOptions? options = null, TimeProvider? time = null)
    {
        options ??= new();
        return new(await SimulatedApi.StartAsync(options, time, Cancelled), options.Key);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? json = null, string? idempotencyKey = null)
    {
        using HttpRequestMessage request = new(new(method), path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await _http.SendAsync(request, Cancelled);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync("GET", path);

    public async Task<int> StatusAsync(string path, string method = "GET", string? json = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json);
        return (int)response.StatusCode;
    }

    public async Task<string> TextAsync(string path) => await _http.GetStringAsync(new Uri(path, UriKind.Relative), Cancelled);

    public async Task<JsonElement> JsonAsync(string path) => JsonSerializer.Deserialize<JsonElement>(await TextAsync(path));

    /// <summary>Returns once the API has met a call that a fault applies to.</summary>
    public async Task ArrivalAsync()
    {
        while (!Api.Requests.Any(request => request.Fault is not null))
            await StatusAsync("/_faults");
    }

    /// <summary>The message of a standard error body, which also must repeat the status.</summary>
    public static async Task<string> ErrorAsync(HttpResponseMessage response)
    {
        JsonElement error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error");
        Assert.Equal((int)response.StatusCode, error.GetProperty("statusCode").GetInt32());
        return error.GetProperty("message").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Api.DisposeAsync();
    }
}
