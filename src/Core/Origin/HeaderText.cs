using System.Buffers;

namespace Courier.Origin;

/// <summary>What may stand in an HTTP header (RFC 9110, 5.1 and 5.5); values are held to printable ASCII and tabs.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsName(string text) => text.Length is > 0 and <= 128 && !text.AsSpan().ContainsAnyExcept(s_token);

    public static bool IsValue(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') || text.All(c => c is '\t' or (>= ' ' and <= '~'));
}
