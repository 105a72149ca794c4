using System.Net;

namespace Courier.Origin;

/// <summary>What stays on this machine: <c>localhost</c> and literal loopback addresses. A name that only resolves to one does not.</summary>
internal static class Loopback
{
    public static bool Is(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
