using System.Text;

namespace Courier.Bench.Drain;

internal static class SimulatedRequest
{
    public static byte[] Message(int number) => Encoding.UTF8.GetBytes($$"""{"id":"r{{number}}","method":"GET","path":"/items/{{number}}","reply":false}""");

    /// <summary>To a resource that is always refused. Its id is no number.</summary>
    public static byte[] RefusedMessage(int number) => Encoding.UTF8.GetBytes($$"""{"id":"x{{number}}","method":"GET","path":"/limited/{{number}}","reply":false}""");

    /// <summary>The id stands first in each message, the sender's and Courier's copies alike.</summary>
    public static string Id(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> id = message[(message.IndexOf("\":\""u8) + 3)..];
        return Encoding.ASCII.GetString(id[..id.IndexOf((byte)'"')]);
    }
}
