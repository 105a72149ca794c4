using System.Net;
using Courier.Origin;

namespace Courier.Api;

/// <summary>The connections to the API: they follow no redirect, keep no cookie, and leave bodies as they come.</summary>
internal static class ApiConnections
{
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None, // it hides a compressed body that ends early
        Proxy = new TunnelsOnly(HttpClient.DefaultProxy),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
