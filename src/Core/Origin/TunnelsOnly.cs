using System.Net;

namespace Courier.Origin;

/// <summary>The proxy of the environment, for https alone, where it sees no more than a tunnel: what goes to an http address, key and all, it would read.</summary>
internal sealed class TunnelsOnly(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || proxy.IsBypassed(host);
}
