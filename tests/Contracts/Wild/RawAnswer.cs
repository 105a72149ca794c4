using System.Globalization;
using System.Text;

namespace Courier.Contracts.Wild;

/// <summary>An answer to the byte, and what comes after it. No web server would send most of these.</summary>
/// <param name="Delay">Before the first byte.</param>
public sealed record RawAnswer(byte[] Bytes, RawEnd End = RawEnd.Close, TimeSpan Delay = default)
{
    /// <summary>Framed by its length.</summary>
    /// <param name="head">More header lines, each ended by <c>\n</c>.</param>
    public static RawAnswer Of(int status, string head, byte[] body) => Framed(status, head, body, body.Length);

    /// <inheritdoc cref="Of(int, string, byte[])"/>
    public static RawAnswer Of(int status, string head = "", string body = "") => Of(status, head, Encoding.UTF8.GetBytes(body));

    /// <summary>With a length that the body does not have.</summary>
    public static RawAnswer Framed(int status, string head, byte[] body, int length, RawEnd end = RawEnd.Close) => new(
        [.. Head(status, head + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\n")), .. body], end);

    /// <summary>In chunks, of which the last is missing when it is cut.</summary>
    public static RawAnswer Chunked(int status, string head, byte[] body, bool isWhole = true, RawEnd end = RawEnd.Close)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}\r\n")), .. body, .. "\r\n"u8];
        return new RawAnswer([.. Head(status, head + "Transfer-Encoding: chunked\n"), .. body.Length > 0 ? chunk : [], .. isWhole ? "0\r\n\r\n"u8 : ""u8], end);
    }

    private static byte[] Head(int status, string head) =>
        Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status:000} Because\nConnection: close\n{head}\n").Replace("\n", "\r\n", StringComparison.Ordinal));
}
