using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Courier.Messages;

/// <summary>Which trace a message belongs to, as https://www.w3.org/TR/trace-context writes it.</summary>
internal static partial class TraceContext
{
    public static bool IsValid(string traceparent) => Form().IsMatch(traceparent);

    /// <summary>Null when there is none, or none that can be read.</summary>
    public static string? TraceId(string? traceparent) => ActivityContext.TryParse(traceparent, null, out ActivityContext context) ? context.TraceId.ToHexString() : null;

    [GeneratedRegex(@"\A(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
