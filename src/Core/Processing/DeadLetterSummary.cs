using System.Globalization;
using System.Text.Json;
using Courier.Messages;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>A dead letter in a few words: what the labels of its record's blob hold, so that a hundred thousand are listed without one being read.</summary>
/// <param name="Blob"><c>{yyyy-MM-dd}/{id}.json</c>.</param>
/// <param name="Method">Null, like <paramref name="Path"/>, where the message was no request.</param>
public sealed record DeadLetterSummary(string Blob, string Id, DateTimeOffset At, string Reason, int? Status, string? Method, string? Path, string? Batch)
{
    private const int LongestPath = 400;
    private const int LongestMethod = 16;
    private const string Ending = ".json";

    public static string BlobOf(string id, DateTimeOffset deadLetteredAt) => string.Create(CultureInfo.InvariantCulture, $"{deadLetteredAt.UtcDateTime:yyyy-MM-dd}/{id}{Ending}");

    /// <summary>The id in a blob's name; null for a name of another form.</summary>
    public static string? IdOf(string blob) =>
        blob.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && blob.EndsWith(Ending, StringComparison.Ordinal) ? blob[(slash + 1)..^Ending.Length] : null;

    /// <param name="clean">Takes secrets out, before anything is cut.</param>
    public static DeadLetterSummary Of(DeadLetterRecord record, Func<string, string>? clean = null)
    {
        return new(BlobOf(record.Id, record.DeadLetteredAt), record.Id, record.DeadLetteredAt, record.Reason, record.Status, Short("method", LongestMethod), Short("path", LongestPath), Short("batch", RequestIdentity.MaximumLength));

        string? Short(string field, int longest) => Text(record.Request, field) is { } text ? BoundedText.Of(clean?.Invoke(text) ?? text, longest) : null;
    }

    /// <summary>Null when the blob has no labels (an earlier version wrote it): then its record says it.</summary>
    public static DeadLetterSummary? Of(ListedBlob blob)
    {
        if (IdOf(blob.Name) is not { } id || Label(blob, "reason") is not { } reason
            || !DateTimeOffset.TryParseExact(blob.Labels.GetValueOrDefault("at"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at))
            return null;
        int? status = int.TryParse(Label(blob, "status"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return new DeadLetterSummary(blob.Name, id, at, reason, status, Label(blob, "method"), Label(blob, "path"), Label(blob, "batch"));
    }

    /// <summary>Escaped: a label travels as a header.</summary>
    public IReadOnlyDictionary<string, string> Labels => new (string Name, string? Value)[]
        {
            ("at", At.ToString("O", CultureInfo.InvariantCulture)), ("reason", Reason), ("status", Status?.ToString(CultureInfo.InvariantCulture)),
            ("method", Escaped(Method)), ("path", Escaped(Path)), ("batch", Escaped(Batch)),
        }
        .Where(label => !string.IsNullOrEmpty(label.Value)).ToDictionary(label => label.Name, label => label.Value!);

    private static string? Escaped(string? text) => text is null ? null : Uri.EscapeDataString(BoundedText.Of(text, LongestPath));

    private static string? Label(ListedBlob blob, string name) => blob.Labels.TryGetValue(name, out string? value) ? Uri.UnescapeDataString(value) : null;

    private static string? Text(JsonElement request, string field) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
