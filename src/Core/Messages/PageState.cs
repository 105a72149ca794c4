using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Courier.Origin;

namespace Courier.Messages;

/// <summary>Where a page stands in its list; a page after the first carries it as <c>delivery.page</c>.</summary>
/// <param name="Number">The first page is 1.</param>
/// <param name="Begun">When the first page was first seen: tells two lists apart that were asked for under one id.</param>
/// <param name="Seen">Base64 of the hashes of the targets of the pages before, and of this one.</param>
public sealed record PageState(int Number, DateTimeOffset Begun, string Seen)
{
    private const int HashLength = 8;

    /// <summary>A page after the first, and a hash for each page so far: what a message may claim.</summary>
    [JsonIgnore]
    public bool IsPlausible =>
        Number is >= 2 and <= ApiOptions.MostPages && Seen.Length == Base64.GetMaxEncodedToUtf8Length(Number * HashLength)
        && Convert.TryFromBase64String(Seen, new byte[Number * HashLength], out int length) && length == Number * HashLength;

    /// <summary>A request without the state is the first page.</summary>
    public static PageState Of(Envelope page) =>
        page.Delivery.Page ?? new PageState(1, page.Delivery.FirstSeenAt, Convert.ToBase64String(Hash(page.Request.Target)));

    public bool HasSeen(Uri target)
    {
        byte[] hash = Hash(target);
        return Convert.FromBase64String(Seen).Chunk(HashLength).Any(seen => seen.AsSpan().SequenceEqual(hash));
    }

    public PageState Next(Uri target) =>
        this with { Number = Number + 1, Seen = Convert.ToBase64String([.. Convert.FromBase64String(Seen), .. Hash(target)]) };

    private static byte[] Hash(Uri target) => SHA256.HashData(Encoding.UTF8.GetBytes(target.AbsoluteUri))[..HashLength];
}
