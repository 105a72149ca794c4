using System.Text.Json;

namespace Courier.Page.Acting;

/// <summary>Send a dead letter back with another request in place of its own.</summary>
internal sealed record MendedRequest(JsonElement Request, string? Why);
