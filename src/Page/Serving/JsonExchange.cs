using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Serving;

/// <summary>Reads and writes the bodies of the page's requests.</summary>
internal static class JsonExchange
{
    public static Task WriteAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> format)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, format, context.RequestAborted);
    }

    /// <exception cref="JsonException">It is none.</exception>
    public static async Task<T> ReadAsync<T>(this HttpContext context, JsonTypeInfo<T> format) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, format, context.RequestAborted) ?? throw new JsonException("The body is null.");
}
