using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Courier.Storage;

namespace Courier.Messages;

/// <summary>The id of a request.</summary>
public static class RequestIdentity
{
    public const int MaximumLength = 128;

    private static readonly SearchValues<char> s_characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid(string id) => id.Length is > 0 and <= MaximumLength && !id.AsSpan().ContainsAnyExcept(s_characters);

    /// <summary>
    /// A version 7 UUID for a message without an id. Made from the queue's own id and time of the message, not from chance:
    /// a delivery that is repeated after a crash must not look like another request.
    /// </summary>
    public static string Make(QueuedMessage message)
    {
        Span<byte> uuid = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(message.Id), uuid);
        long milliseconds = message.InsertedOn.ToUnixTimeMilliseconds();
        for (int i = 0; i < 6; i++)
            uuid[i] = (byte)(milliseconds >> (40 - (8 * i)));
        uuid[6] = (byte)(0x70 | (uuid[6] & 0x0F));
        uuid[8] = (byte)(0x80 | (uuid[8] & 0x3F));
        return new Guid(uuid[..16], bigEndian: true).ToString();
    }
}
