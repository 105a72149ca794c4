using System.Text.Json.Serialization;
using Courier.Writing;

namespace Courier.Messages;

/// <summary>The JSON form of results and dead letters.</summary>
[JsonSerializable(typeof(DeadLetterRecord))]
[JsonSerializable(typeof(CompletedCall))]
public sealed partial class MessageJson : JsonSerializerContext
{
    public static MessageJson Format { get; } = new(Json.Options());
}
