using System.Globalization;
using Courier.Operations.DeadLetters;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Reading;

/// <summary>The filter of dead letters in an address: <c>?reason=forbidden&amp;status=403&amp;path=/companies/*</c>.</summary>
internal static class FilterQuery
{
    /// <exception cref="FormatException">Its message says what is wrong.</exception>
    public static DeadLetterFilter Read(IQueryCollection query) => new()
    {
        Reasons = Values(query, "reason"),
        Statuses = [.. Values(query, "status").Select(Status)],
        Kinds = [.. Values(query, "group").Select(Kind)],
        Path = Value(query, "path"),
        Since = Moment(query, "since"),
        Until = Moment(query, "until"),
        Text = Value(query, "text"),
        Ids = Values(query, "id"),
    };

    private static string[] Values(IQueryCollection query, string name) => [.. query[name].OfType<string>().Where(value => value.Length > 0)];

    private static string? Value(IQueryCollection query, string name) => Values(query, name).LastOrDefault();

    private static int Status(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status)
        ? status
        : throw new FormatException("The status must be a number like 403.");

    private static DeadLetterKind Kind(string name) => DeadLetterKind.Parse(name)
        ?? throw new FormatException("The group must be one as it is named, like not-found 404 /companies/*.");

    private static DateTimeOffset? Moment(IQueryCollection query, string name) => Value(query, name) switch
    {
        null => null,
        { } text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) => moment,
        _ => throw new FormatException($"`{name}` must be a date, or a date and time, like 2026-01-31T12:00:00Z."),
    };
}
