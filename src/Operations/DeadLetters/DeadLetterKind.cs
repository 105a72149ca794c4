using System.Globalization;
using Courier.Pacing;
using Courier.Processing;

namespace Courier.Operations.DeadLetters;

/// <summary>What the dead letters of one group have in common. Every dead letter is of exactly one kind.</summary>
/// <param name="Status">Null where no answer decided.</param>
/// <param name="Path">What <see cref="PathTemplate"/> makes of it, with <c>*</c> for one segment; null where the message was no request.</param>
public sealed record DeadLetterKind(string Reason, int? Status, string? Path)
{
    private const string NoStatus = "-";

    public static DeadLetterKind Of(DeadLetterSummary letter) =>
        new(letter.Reason, letter.Status, string.IsNullOrEmpty(letter.Path) ? null : PathTemplate.Of(letter.Path));

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is no kind's name.</summary>
    public static DeadLetterKind? Parse(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var reason, NoStatus, .. { Length: <= 1 } path] => new(reason, null, path.FirstOrDefault()),
        [var reason, var status, .. { Length: <= 1 } path] when int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => new(reason, number, path.FirstOrDefault()),
        _ => null,
    };

    /// <summary>As tables show it and filters take it: <c>not-found 404 /companies/*</c>, <c>expired - /companies/*</c>, <c>invalid-message -</c>.</summary>
    public override string ToString() => string.Join(' ', ((string?[])[Reason, Status?.ToString(CultureInfo.InvariantCulture) ?? NoStatus, Path]).OfType<string>());
}
