using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Pacing;

/// <summary>The JSON form of what instances share about quota and key.</summary>
[JsonSerializable(typeof(LedgerState))]
[JsonSerializable(typeof(CredentialState))]
public sealed partial class PacingJson : JsonSerializerContext
{
    public static PacingJson Format { get; } = new(Json.Options());
}
