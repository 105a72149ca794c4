using System.Text.RegularExpressions;
using Courier.Origin;

namespace Courier.Sinks;

/// <summary>The address of PagerDuty's Events API v2, and the integration key, which is set in its query and sent in the body.</summary>
internal sealed partial record PagerDutyAddress(Uri Endpoint, string RoutingKey)
{
    public const string Expected =
        "the Events API v2 address with the integration key: https://events.pagerduty.com/v2/enqueue?routing_key=<32 letters and digits>, or the same at events.eu.pagerduty.com";

    /// <summary>Null for any other address.</summary>
    public static PagerDutyAddress? Parse(Uri address) =>
        (address.Host is "events.pagerduty.com" or "events.eu.pagerduty.com" || Loopback.Is(address))
        && address.AbsolutePath == "/v2/enqueue" && Query().Match(address.Query) is { Success: true } query
            ? new PagerDutyAddress(new Uri(address.GetLeftPart(UriPartial.Path)), query.Groups[1].Value)
            : null;

    [GeneratedRegex(@"^\?routing_key=([A-Za-z0-9]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Query();
}
