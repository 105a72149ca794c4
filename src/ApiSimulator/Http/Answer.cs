using System.Text;
using Microsoft.AspNetCore.Http;

namespace Courier.ApiSimulator.Http;

internal sealed record Answer(int? Status, ReadOnlyMemory<byte> Body, string? ContentType)
{
    private IEnumerable<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer NoContent { get; } = new(204, default, null);

    /// <summary>No answer at all: the connection is aborted.</summary>
    public static Answer Dropped { get; } = new(null, default, null);

    public static Answer Json<T>(int status, T value) => new(status, Http.Json.Write(value), "application/json; charset=utf-8");

    public static Answer Text(int status, string text, string contentType) => new(status, Encoding.UTF8.GetBytes(text), contentType);

    public static Answer Error(int status, string message) => Json(status, new { error = new { message, statusCode = status } });

    public Answer With(string header, string value) => With([new(header, value)]);

    public Answer With(IEnumerable<KeyValuePair<string, string>> more) => this with { Headers = Headers.Concat(more) };

    public async Task WriteAsync(HttpResponse response)
    {
        if (Status is not { } status)
        {
            response.HttpContext.Abort();
            return;
        }

        bool mayHaveBody = status is not (204 or 205 or 304);
        response.StatusCode = status;
        response.ContentType = mayHaveBody ? ContentType : null;
        response.ContentLength = mayHaveBody ? Body.Length : null;
        foreach ((string name, string value) in Headers)
            response.Headers[name] = value;

        if (mayHaveBody)
            await response.BodyWriter.WriteAsync(Body, response.HttpContext.RequestAborted);
    }
}
