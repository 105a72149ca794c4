using Courier.Origin;

namespace Courier.Sinks;

/// <summary>Where a webhook may be.</summary>
internal static class WebhookAddress
{
    /// <summary>Null for what is not allowed.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) && address.UserInfo.Length == 0
        && (address.Scheme == "https" || (address.Scheme == "http" && Loopback.Is(address)))
            ? address
            : null;
}
