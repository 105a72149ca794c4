namespace Courier.StatusPages;

/// <summary>Addresses that may be offered to click.</summary>
internal static class WebLink
{
    public const int Longest = 500;

    /// <summary>An address out of a text that was cut there is none.</summary>
    public static string? Fit(string? address, Func<string, int, string> text) => address is null ? null : Of(text(address, Longest + 1));

    /// <summary>The address, percent-encoded; null for anything but a plain http or https address: another scheme, a user name, what could end a link's markup.</summary>
    public static string? Of(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0
        && uri.AbsoluteUri is { Length: <= Longest } address && address.All(IsPlain)
            ? address
            : null;

    private static bool IsPlain(char c) => c is > ' ' and < '\x7f' and not ('<' or '>' or '|' or '"' or '\\' or '`' or '{' or '}');
}
