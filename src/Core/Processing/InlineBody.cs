using System.Text;
using System.Text.Json;
using Courier.Answers;
using Courier.Api;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>An answer's body as a result message holds it.</summary>
/// <param name="Value">JSON, or text as a string; null for what is too long, or neither. Good until this is disposed of.</param>
/// <param name="Note">Why what calls itself JSON is none.</param>
internal readonly record struct InlineBody(JsonElement? Value, string? Note, JsonDocument? Document = null) : IDisposable
{
    private const int Longest = 32 * 1024;

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = Json.MaximumDepth };

    public static InlineBody Of(ApiResponse answer)
    {
        if (answer.Body.IsEmpty || answer.Body.Length > Longest)
            return default;
        AnswerText text = answer.Text;
        if (text.Claim == BodyClaim.Data)
            return new InlineBody(null, answer.IsEncoded ? $"It is still in the encoding {answer.Headers.GetValueOrDefault("content-encoding")}, which Courier cannot undo." : null);
        if (text.InUtf8 is not { } utf8)
            return new InlineBody(null, text.Claim == BodyClaim.Json ? "It calls itself JSON, but its characters are not in its charset." : null);
        if (text.Claim == BodyClaim.Text)
            return new InlineBody(AsText(utf8), null);
        return Parse(utf8, out string? why) is { } json ? new InlineBody(json.RootElement, null, json)
            : text.Claim == BodyClaim.Json ? new InlineBody(AsText(utf8), $"It calls itself JSON, but is none that can be written again: {why}")
            : default;
    }

    public void Dispose() => Document?.Dispose();

    private static JsonElement AsText(ReadOnlyMemory<byte> utf8) => Json.Text(Encoding.UTF8.GetString(utf8.Span));

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body, out string? why)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(body, s_json);
            why = null;
            if (!Json.HasLoneSurrogate(body.Span, json.RootElement))
                return json;
            why = "there is half of a surrogate pair.";
            json.Dispose();
        }
        catch (JsonException e)
        {
            why = e.Message;
        }

        return null;
    }
}
