using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Processing;

/// <summary>The JSON form of the marks that requests leave behind.</summary>
[JsonSerializable(typeof(RedriveMark))]
public sealed partial class ProcessingJson : JsonSerializerContext
{
    public static ProcessingJson Format { get; } = new(Json.Options());
}
