using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Courier.ApiSimulator.Http;

/// <summary>A request with its body read.</summary>
internal sealed class Call(HttpRequest request, ReadOnlyMemory<byte> body)
{
    public string Method => request.Method;

    public string[] Path { get; } = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Path and query as sent.</summary>
    public string Target { get; } = TargetOf(request);

    public string Origin => $"{request.Scheme}://{request.Host}";

    public string? Authorization => request.Headers.Authorization;

    public string? IdempotencyKey => request.Headers["Idempotency-Key"];

    public bool HasBody => body.Length > 0;

    public static async Task<Call> ReadAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return new(request, default);

        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return new(request, body.ToArray());
    }

    public static string TargetOf(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <exception cref="FormatException">The body is not a JSON object.</exception>
    public JsonElement Json() => Http.Json.ReadObject(body);

    public bool Asks(string parameter) => request.Query.ContainsKey(parameter);

    public string Text(string parameter) => request.Query[parameter].ToString();

    /// <exception cref="FormatException">The parameter is not a whole number in this range.</exception>
    public int Whole(string parameter, int absent, int least, int most)
    {
        if (!Asks(parameter))
            return absent;

        return int.TryParse(Text(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"The parameter \"{parameter}\" is \"{Text(parameter)}\"; it must be a whole number from {least} to {most}.");
    }

    /// <summary>The absolute URL of this call with one parameter changed, as a Link header.</summary>
    public string NextLink(string parameter, string value)
    {
        Dictionary<string, StringValues> query = new(request.Query) { [parameter] = value };
        return $"<{Origin}{request.Path}{QueryString.Create(query)}>; rel=\"next\"";
    }
}
