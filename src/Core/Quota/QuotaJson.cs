using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Quota;

/// <summary>The JSON form of the ledger.</summary>
[JsonSerializable(typeof(LedgerState))]
public sealed partial class QuotaJson : JsonSerializerContext
{
    public static QuotaJson Format { get; } = new(Json.Options());
}
