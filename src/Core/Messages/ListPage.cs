using System.Text.Json.Serialization;

namespace Courier.Messages;

/// <summary>Where a page stands in its list.</summary>
/// <param name="Number">The first page is 1; of the last page it says how many there were.</param>
/// <param name="Next">The id of the next page's result or dead letter; null on the last page.</param>
public sealed record ListPage(int Number, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
