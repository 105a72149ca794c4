using System.Text.Json;
using Courier.Alerts;

namespace Courier.Sinks;

/// <summary>The alert's own JSON, on the queue and for webhooks of one's own.</summary>
public static class GenericFormat
{
    public static ReadOnlyMemory<byte> Write(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, AlertJson.Format.Alert);
}
