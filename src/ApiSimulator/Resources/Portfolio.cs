using System.Collections.Immutable;
using System.Text.Json;
using Courier.ApiSimulator.Http;

namespace Courier.ApiSimulator.Resources;

internal sealed record Portfolio(string Id, string Name, string? Description, ImmutableSortedSet<string> Domains)
{
    public static ImmutableSortedSet<string> NoDomains { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public object Summary => new { Id, Name, Description, companies = Domains.Count };

    /// <exception cref="FormatException">The body lacks a name, or a field is no string.</exception>
    public Portfolio Edit(JsonElement body) => this with
    {
        Name = Json.Text(body, "name") is { Length: > 0 } name ? name : throw new FormatException("The field \"name\" is required."),
        Description = Json.Text(body, "description"),
    };
}
