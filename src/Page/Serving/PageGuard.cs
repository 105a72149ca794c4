using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Serving;

/// <summary>
/// Lets in the page's own requests and nobody else's. The port is open to every site that a browser on this machine visits: one that has its name lead here is told by
/// Host, one that sends from elsewhere by Origin and Sec-Fetch-Site, and nothing is done without the token, which only the page itself holds.
/// </summary>
internal sealed class PageGuard(PageOptions options)
{
    public const string TokenHeader = "X-Courier-Token";

    private static readonly string[] s_hosts = ["localhost", "127.0.0.1"];

    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];

    /// <summary>Another one in each process.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        foreach ((string name, string value) in s_headers)
            context.Response.Headers[name] = value;
        return Refusal(context.Request) is var (status, why) ? Faults.WriteAsync(context, status, why) : next(context);
    }

    private (int Status, string Why)? Refusal(HttpRequest request)
    {
        if (!s_hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) || request.Host.Port != request.HttpContext.Connection.LocalPort)
            return (StatusCodes.Status421MisdirectedRequest, "This page answers to localhost only.");
        if (request.Headers.Origin is { Count: > 0 } origin && origin != $"http://{request.Host}")
            return (StatusCodes.Status403Forbidden, "This request comes from another site.");
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none")
            return (StatusCodes.Status403Forbidden, "This request comes from another site.");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;
        if (options.IsReadOnly)
            return (StatusCodes.Status403Forbidden, "This page only shows: it was started with --read-only.");
        return HasToken(request) ? null : (StatusCodes.Status403Forbidden, "The page is from an earlier start: load it again.");
    }

    private bool HasToken(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(Token));
}
