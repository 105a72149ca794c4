namespace Courier.ApiSimulator.Faults;

internal static class FaultRules
{
    /// <exception cref="FormatException">The first rule that is broken, as a sentence.</exception>
    public static void Check(Fault fault)
    {
        string? problem = fault switch
        {
            { Status: < 200 or > 599 } => $"\"status\" is {fault.Status}; it must be from 200 to 599.",
            { Times: < 1 } => $"\"times\" is {fault.Times}; it must be 1 or more, or absent to last until cleared.",
            { Delay: { } delay } when delay < TimeSpan.Zero || delay > TimeSpan.FromDays(1) =>
                $"\"delay\" is {delay.TotalSeconds} s; it must be from 0 to 86400.",
            { Drop: true, Status: not null } or { Drop: true, Body: not null } =>
                "\"drop\" goes with neither \"status\" nor \"body\": a dropped connection has no answer.",
            { Status: null, RetryAfter: null, Delay: null, Drop: false, Body: null, Headers: null } =>
                "A fault needs \"status\", \"retryAfter\", \"delay\", \"drop\", \"body\" or \"headers\".",
            _ when Headers(fault).Any(static header => !IsSendable(header.Key, header.Value)) =>
                "\"headers\" and \"retryAfter\" must be printable ASCII, the names without spaces.",
            _ => null,
        };

        if (problem is not null)
            throw new FormatException(problem);
    }

    /// <summary>All headers the fault puts on an answer, Retry-After among them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers(Fault fault)
    {
        IEnumerable<KeyValuePair<string, string>> headers = fault.Headers ?? Enumerable.Empty<KeyValuePair<string, string>>();
        return fault.RetryAfter is { } retryAfter ? headers.Append(new("Retry-After", retryAfter)) : headers;
    }

    private static bool IsSendable(string name, string value) =>
        name.Length > 0 && name.All(static c => c is > ' ' and < '\u007f' and not ':') && value.All(static c => c is >= ' ' and < '\u007f');
}
