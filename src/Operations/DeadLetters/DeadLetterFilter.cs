using System.Globalization;
using System.IO.Enumeration;
using Courier.Processing;

namespace Courier.Operations.DeadLetters;

/// <summary>Which dead letters are meant. What is not said is not asked for; all that is said must hold.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>Any of these.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Any of these.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>Any of these: exactly the members of the groups of these kinds.</summary>
    public IReadOnlyList<DeadLetterKind> Kinds { get; init; } = [];

    /// <summary>With <c>*</c> for any characters, slashes too, and <c>?</c> for one; of the path without its query string.</summary>
    public string? Path { get; init; }

    /// <summary>Dead since then, that moment included.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Dead before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Stands anywhere in the record, whatever its case. The one filter for which records must be read.</summary>
    public string? Text { get; init; }

    /// <summary>Any of these.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>All dead letters are meant.</summary>
    public bool IsEmpty => Terms.Length == 0;

    /// <summary>Whether it holds, <see cref="Text"/> left out.</summary>
    public bool Matches(DeadLetterSummary letter) =>
        (Reasons.Count == 0 || Reasons.Contains(letter.Reason, StringComparer.Ordinal))
        && (Statuses.Count == 0 || (letter.Status is { } status && Statuses.Contains(status)))
        && (Kinds.Count == 0 || Kinds.Contains(DeadLetterKind.Of(letter)))
        && (Ids.Count == 0 || Ids.Contains(letter.Id, StringComparer.Ordinal))
        && (Path is null || (letter.Path is { } path && FileSystemName.MatchesSimpleExpression(Path, path.Split('?')[0], ignoreCase: false)))
        && (Since is null || letter.At >= Since)
        && (Until is null || letter.At < Until);

    /// <summary>As the command line writes it.</summary>
    public override string ToString() => IsEmpty ? "all" : string.Join(' ', Terms);

    private string[] Terms =>
    [
        .. Reasons.Select(reason => $"--reason {reason}"),
        .. Statuses.Select(status => string.Create(CultureInfo.InvariantCulture, $"--status {status}")),
        .. Kinds.Select(kind => $"--group '{kind}'"),
        .. Path is null ? Array.Empty<string>() : [$"--path {Path}"],
        .. Since is null ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"--since {Since.Value.UtcDateTime:O}")],
        .. Until is null ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"--until {Until.Value.UtcDateTime:O}")],
        .. Text is null ? Array.Empty<string>() : [$"--text {Text}"],
        .. Ids.Select(id => $"--id {id}"),
    ];
}
