using System.Text.Json;
using Courier.Messages;

namespace Courier.Alerts;

/// <summary>The alert's own JSON, on the queue and for webhooks of one's own.</summary>
public static class GenericFormat
{
    public static ReadOnlyMemory<byte> Write(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, CourierJson.Format.Alert);
}
