using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Pacing;

/// <summary>The JSON form of what instances share about the key.</summary>
[JsonSerializable(typeof(CredentialState))]
public sealed partial class PacingJson : JsonSerializerContext
{
    public static PacingJson Format { get; } = new(Json.Options());
}
