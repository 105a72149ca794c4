using System.Text.Json;

namespace Courier.Contracts.Wild;

/// <summary>Where requests have ended: results, records of dead letters, copies on the queue.</summary>
public sealed record WildOutcome(IReadOnlyList<JsonElement> Results, IReadOnlyList<JsonElement> Records, IReadOnlyList<JsonElement> Copies)
{
    /// <summary>All of it about a request, in the words of <see cref="WildAnswer.Outcome"/>. Its next pages are requests of their own; one that is refused is told.</summary>
    public string Of(string id) => string.Join(" and ", [
        .. Results.Where(result => Id(result) == id).Select(result => $"result {result.GetProperty("status").GetInt32()}"),
        .. Records.Where(record => Id(record) == id || Id(record) == id + "~2").Select(record => $"{record.GetProperty("reason").GetString()} {Status(record)}".Trim()),
        .. Copies.Where(copy => Id(copy) == id).Select(copy => Later(copy.GetProperty("delivery").GetProperty("history").EnumerateArray().Last())),
    ]);

    public string Text => string.Join('\n', [.. Results, .. Records, .. Copies]);

    private static string Later(JsonElement call) => $"later {call.GetProperty("outcome").GetString()} {Status(call)}".Trim();

    private static string? Id(JsonElement message) => message.GetProperty("id").GetString();

    private static int? Status(JsonElement record) => record.TryGetProperty("status", out JsonElement status) ? status.GetInt32() : null;
}
