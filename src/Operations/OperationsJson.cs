using System.Text.Json;
using System.Text.Json.Serialization;
using Courier.Operations.Accounting;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Overview;
using Courier.Operations.Redrives;
using Courier.Processing;

namespace Courier.Operations;

/// <summary>The JSON form of what operators see, and of what is kept about what they do.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(BatchCount))]
[JsonSerializable(typeof(CourierStatus))]
[JsonSerializable(typeof(DeadLetterGroup))]
[JsonSerializable(typeof(DeadLetterSummary))]
[JsonSerializable(typeof(RedriveProgress))]
[JsonSerializable(typeof(RedriveRun))]
public sealed partial class OperationsJson : JsonSerializerContext
{
    public static OperationsJson Format => Default;
}
