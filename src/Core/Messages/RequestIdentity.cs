using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Storage;

namespace Courier.Messages;

/// <summary>
/// The id of a request: 1 to 128 letters, digits, dots, underscores and hyphens. The pages of a list have the first page's id,
/// from the second on followed by <c>~</c> and the page's number; such an id is only Courier's to give.
/// </summary>
public static class RequestIdentity
{
    public const int MaximumLength = 128;

    private const char PageMark = '~';

    private static readonly SearchValues<char> s_characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>What a sender may choose. Dots alone would be a step out of the container: the id is part of blobs' names.</summary>
    public static bool IsValid(string id) => id.Length is > 0 and <= MaximumLength && !id.AsSpan().ContainsAnyExcept(s_characters) && id.AsSpan().ContainsAnyExcept('.');

    /// <summary>Whether there may be a request, or a page of a list, of this id.</summary>
    public static bool IsValidOrPage(string id) => id.Split(PageMark) switch
    {
        [var first] => IsValid(first),
        [var first, { Length: > 0 and <= 10 } number] => IsValid(first) && number.All(char.IsAsciiDigit),
        _ => false,
    };

    /// <param name="page">Null: not a page after the first.</param>
    public static bool IsValid(string id, PageState? page) => page is null
        ? IsValid(id)
        : IsValid(FirstPage(id)) && id == OfPage(FirstPage(id), page.Number);

    /// <param name="id">Of the page of this number.</param>
    public static string NextPage(string id, int number) => OfPage(FirstPage(id), number + 1);

    private static string FirstPage(string id) => id.Split(PageMark)[0];

    private static string OfPage(string first, int number) => string.Create(CultureInfo.InvariantCulture, $"{first}{PageMark}{number}");

    /// <summary>In hexadecimal digits.</summary>
    public const int ListLength = 16;

    /// <summary>Names the list that this message begins: the same at each of its deliveries, and another for every message.</summary>
    public static string List(QueuedMessage message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("list:" + message.Id)).AsSpan(0, ListLength / 2));

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
