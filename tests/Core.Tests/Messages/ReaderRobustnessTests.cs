using System.Text;
using Courier.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Messages;

/// <summary>Whatever stands on the queue, <see cref="EnvelopeReader.Read"/> does not throw.</summary>
public sealed class ReaderRobustnessTests
{
    private const string Valid = """
        {"id":"r1","method":"POST","path":"/x/%41?a=1","query":{"b":[1.5,"ü",true]},"headers":{"Accept":"a"},"body":{"n":1.10,"t":"\ud83d\ude00\n"},"idempotent":true,
        "paginate":false,"expiresAt":"2026-02-01T00:00:00Z","reply":true,"metadata":{"k":[null,{}]},"delivery":{"attempt":2,"firstSeenAt":"2026-01-01T00:00:00Z",
        "history":[{"at":"2026-01-01T00:00:00Z","outcome":"server-error","status":503,"durationMs":5}],"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}
        """;

    private const string Page = """
        {"id":"r1~2","method":"GET","path":"/x?cursor=a","paginate":true,"delivery":{"attempt":0,"firstSeenAt":"2026-01-01T00:00:00Z",
        "page":{"number":2,"begun":"2026-01-01T00:00:00Z","seen":"AAAAAAAAAAAAAAAAAAAAAA=="},"history":[]}}
        """;

    private static readonly EnvelopeReader s_reader = TestMessages.CreateReader();

    /// <summary>Pieces that mean something to a JSON reader, a path or a decoder.</summary>
    private static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "null", "true", "1e999", "-", "0.", "\"method\":", "\"GET\"", "\"path\":", "\"/x\"",
        "\"id\":", "\"headers\":", "\"query\":", "\"delivery\":", "\"history\":", "\"claimCheck\":", "\"expiresAt\":",
        "\"page\":", "\"r1~2\"", "\"number\":2", "\"seen\":\"AAAAAAAAAAAAAAAAAAAAAA==\"", "\"begun\":\"2026-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"",
        "%", "%2e", "\uFEFF", "é", "😀", " ", "\n", "\0", "eyJ", "=", "AAAA",
    ];

    [Fact]
    public void Random_bytes_never_make_the_reader_throw() =>
        Hold(Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(), runs: 2000);

    [Fact]
    public void Random_bytes_behind_a_brace_never_make_the_reader_throw() =>
        Hold(Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf().Select(bytes => (byte[])[.. "{\""u8, .. bytes]), runs: 2000);

    [Fact]
    public void Random_pieces_of_json_never_make_the_reader_throw() =>
        Hold(Gen.Elements(s_pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes("{" + string.Concat(pieces))), runs: 5000);

    [Fact]
    public void Mutated_requests_never_make_the_reader_throw() =>
        Hold(Mutated(Encoding.UTF8.GetBytes(Valid)), runs: 10_000);

    [Fact]
    public void Mutated_pages_never_make_the_reader_throw() =>
        Hold(Mutated(Encoding.UTF8.GetBytes(Page)), runs: 10_000);

    [Fact]
    public void Mutated_base64_never_makes_the_reader_throw() =>
        Hold(Mutated(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Valid)))), runs: 3000);

    [Fact]
    public void Requests_cut_off_anywhere_never_make_the_reader_throw()
    {
        byte[] text = Encoding.UTF8.GetBytes(Valid);

        for (int length = 0; length < text.Length - 1; length++)
            Assert.IsType<Reading.Malformed>(s_reader.Read(TestMessages.CreateMessage(text[..length])));
    }

    private static void Hold(Gen<byte[]> texts, int runs) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(runs).WithStartSize(1).WithEndSize(200), Prop.ForAll(texts.ToArbitrary(), CanBeSettled));

    /// <summary>Read, and whatever came of it can be written again, as settling it will.</summary>
    private static bool CanBeSettled(byte[] text) => s_reader.Read(TestMessages.CreateMessage(text)) switch
    {
        Reading.Request { Envelope: var envelope } => s_reader.Read(TestMessages.CreateMessage(EnvelopeWriter.Write(envelope).ToArray())) is Reading.Request,
        Reading.Claimed claim => RequestIdentity.IsValid(claim.BlobName),
        Reading.Malformed malformed => malformed.Why.EndsWith('.') && RequestIdentity.IsValid(malformed.Id.Split('~')[0]) && malformed.Id.Length <= RequestIdentity.MaximumLength + 5 && malformed.Received.GetRawText().Length > 0,
        _ => false,
    };

    /// <summary>A few of: bytes overwritten, removed, doubled or replaced by a telling piece.</summary>
    private static Gen<byte[]> Mutated(byte[] text) =>
        from edits in Edit(text.Length).ListOf()
        select edits.Take(6).Aggregate(text, Apply);

    private static Gen<(int At, int Kind, int Value)> Edit(int length) =>
        from at in Gen.Choose(0, length - 1)
        from kind in Gen.Choose(0, 4)
        from value in Gen.Choose(0, 255)
        select (at, kind, value);

    private static byte[] Apply(byte[] text, (int At, int Kind, int Value) edit)
    {
        int at = Math.Min(edit.At, Math.Max(0, text.Length - 1));
        int end = Math.Min(text.Length, at + 1 + (edit.Value % 8));
        return edit.Kind switch
        {
            _ when text.Length == 0 => text,
            0 => [.. text[..at], (byte)edit.Value, .. text[(at + 1)..]],
            1 => [.. text[..at], .. text[end..]],
            2 => [.. text[..end], .. text[at..end], .. text[end..]],
            3 => [.. text[..at], .. Encoding.UTF8.GetBytes(s_pieces[edit.Value % s_pieces.Length]), .. text[end..]],
            _ => [.. text[..at], (byte)(text[at] ^ (1 << (edit.Value % 8))), .. text[(at + 1)..]],
        };
    }
}
