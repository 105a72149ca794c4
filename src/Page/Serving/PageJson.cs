using System.Text.Json;
using System.Text.Json.Serialization;
using Courier.Operations.DeadLetters;
using Courier.Page.Acting;
using Courier.Page.Reading;

namespace Courier.Page.Serving;

/// <summary>The JSON form of what only the page says and is told.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterGroup>))]
[JsonSerializable(typeof(LiveState))]
[JsonSerializable(typeof(MendedRequest))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(RedriveOrder))]
[JsonSerializable(typeof(RedriveView))]
[JsonSerializable(typeof(Reason))]
[JsonSerializable(typeof(Done))]
internal sealed partial class PageJson : JsonSerializerContext
{
    public static PageJson Format => Default;
}
