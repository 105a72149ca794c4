using System.Text;
using Courier.Answers;

namespace Courier.Tests.Answers;

/// <summary>Bodies as they come, whole and not.</summary>
public sealed class BodyReaderTests
{
    private const string EndsEarly = "Its compressed form ends early.";
    private const string IsDamaged = "It is damaged, or not in the encoding that its Content-Encoding names.";
    private const string Broke = "The connection broke before its end.";

    private static readonly byte[] s_json = Encoding.UTF8.GetBytes($$"""{"entries":[{{string.Join(',', Enumerable.Range(0, 400).Select(n => $$"""{"n":{{n * 7919 % 1000}}}"""))}}]}""");

    public static TheoryData<string> Codings => [.. Compressed.Codings];

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Compressed_body_is_read_whole_however_it_is_split(string coding)
    {
        byte[] compressed = Compressed.As(coding, s_json);
        foreach (int chunk in new[] { 1, 7, 64, 100_000 })
        {
            ReadBody body = await ReadAsync(compressed, coding, chunk);

            Assert.Equal((null, false, false), (body.Incomplete, body.IsCut, body.IsEncoded));
            Assert.Equal(s_json, body.Bytes.ToArray());
        }
    }

    /// <summary>.NET's own streams hand over what they have and say nothing.</summary>
    [Theory]
    [MemberData(nameof(Codings))]
    [InlineData("raw deflate")]
    public async Task Body_that_ends_early_is_noticed_wherever_it_ends(string coding)
    {
        byte[] compressed = Compressed.As(coding, s_json);
        for (int length = 1; length < compressed.Length; length++)
        {
            ReadBody body = await ReadAsync(compressed[..length], coding.Split(' ')[^1]);

            Assert.Equal((length, EndsEarly), (length, body.Incomplete));
            Assert.True(s_json.AsSpan().StartsWith(body.Bytes.Span), $"after {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Connection_that_breaks_leaves_what_came(string coding)
    {
        ReadBody body = await ReadAsync(Compressed.As(coding, s_json)[..^9], coding, failure: new HttpIOException(HttpRequestError.ResponseEnded));

        Assert.Equal(Broke, body.Incomplete);
        Assert.True(s_json.AsSpan().StartsWith(body.Bytes.Span));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Damage_is_noticed(string coding)
    {
        byte[] compressed = Compressed.As(coding, s_json);
        for (int at = 12; at < compressed.Length; at++)
        {
            byte[] damaged = [.. compressed];
            damaged[at] ^= 0x10;

            ReadBody body = await ReadAsync(damaged, coding);

            // br has no checksum: what can be decoded is as good as right.
            Assert.True(body.Incomplete is IsDamaged or EndsEarly || coding == "br" || body.Bytes.Span.SequenceEqual(s_json), $"at {at}: {body.Incomplete}");
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Text_that_is_labelled_as_compressed_stays_readable(string coding)
    {
        const string text = """{"error":{"message":"why"}}""";

        ReadBody body = await ReadAsync(Encoding.UTF8.GetBytes(text), coding);

        Assert.NotNull(body.Incomplete);
        Assert.Equal(text, Encoding.UTF8.GetString(body.Bytes.Span));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip, br")]
    [InlineData("lzma")]
    public async Task Nothing_at_all_is_an_empty_body(string coding)
    {
        ReadBody body = await ReadAsync([], coding);

        Assert.Equal((0, null), (body.Bytes.Length, body.Incomplete));
    }

    [Fact]
    public async Task Several_codings_are_undone_from_the_last_to_the_first()
    {
        byte[] twice = Compressed.As("br", Compressed.As("gzip", s_json));

        Assert.Equal(s_json, (await ReadAsync(twice, "GZIP, identity, BR")).Bytes.ToArray());
        Assert.Equal(EndsEarly, (await ReadAsync(Compressed.As("br", Compressed.As("gzip", s_json)[..^1]), "gzip,br")).Incomplete);
        Assert.Equal(EndsEarly, (await ReadAsync(twice[..^1], "gzip,br")).Incomplete);
    }

    /// <summary>Each takes memory of its own, and an answer may name as many as fit its header.</summary>
    [Theory]
    [InlineData("gzip,gzip,gzip", false)]
    [InlineData("gzip,gzip,gzip,gzip", true)]
    public async Task More_codings_than_anybody_applies_are_left_as_they_came(string codings, bool isLeft)
    {
        byte[] packed = codings.Split(',').Aggregate(s_json, (body, coding) => Compressed.As(coding, body));

        ReadBody body = await ReadAsync(packed, codings);

        Assert.Equal(isLeft, body.IsEncoded);
        Assert.Equal(isLeft ? packed : s_json, body.Bytes.ToArray());
    }

    /// <summary>br and zstd name the memory that they need, and 24 bodies are read at once.</summary>
    [Theory]
    [InlineData("br", 10, true)]
    [InlineData("br", 16, true)]
    [InlineData("br", 17, true)]
    [InlineData("br", 18, true)]
    [InlineData("br", 22, true)]
    [InlineData("br", 23, false)]
    [InlineData("br", 24, false)]
    [InlineData("zstd", 23, true)]
    [InlineData("zstd", 24, false)]
    public async Task Body_whose_coding_asks_for_too_much_memory_is_left_as_it_came(string coding, int windowLog, bool isUndone)
    {
        byte[] packed = Compressed.As(coding, s_json, windowLog);

        foreach (int chunk in new[] { 1, 100_000 })
        {
            ReadBody body = await ReadAsync(packed, coding, chunk);

            Assert.Equal((null, !isUndone), (body.Incomplete, body.IsEncoded));
            Assert.Equal(isUndone ? s_json : packed, body.Bytes.ToArray());
        }

        ReadBody within = await ReadAsync(Compressed.As("gzip", packed), $"{coding}, gzip");
        Assert.Equal((null, !isUndone), (within.Incomplete, within.IsEncoded));
    }

    [Fact]
    public async Task Members_of_gzip_are_read_to_the_last()
    {
        byte[] members = [.. Compressed.As("gzip", s_json), .. Compressed.As("gzip", s_json)];

        Assert.Equal((byte[])[.. s_json, .. s_json], (await ReadAsync(members, "gzip")).Bytes.ToArray());
        Assert.Equal(EndsEarly, (await ReadAsync(members[..^1], "gzip")).Incomplete);
    }

    [Fact]
    public async Task Deflate_is_read_without_its_frame_too() =>
        Assert.Equal(s_json, (await ReadAsync(Compressed.As("raw deflate", s_json), "deflate")).Bytes.ToArray());

    [Theory]
    [InlineData("compress")]
    [InlineData("gzip, aes128gcm")]
    [InlineData("lzma")]
    public async Task Unknown_coding_is_left_as_it_came(string coding)
    {
        ReadBody body = await ReadAsync(s_json, coding);

        Assert.Equal((true, null), (body.IsEncoded, body.Incomplete));
        Assert.Equal(s_json, body.Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Codings))]
    [InlineData("identity")]
    public async Task Body_longer_than_allowed_is_cut_after_decompression(string coding)
    {
        byte[] body = coding == "identity" ? s_json : Compressed.As(coding, s_json);

        ReadBody cut = await ReadAsync(body, coding, limit: 1000);
        ReadBody whole = await ReadAsync(body, coding, limit: s_json.Length);

        Assert.Equal((true, null, 1000), (cut.IsCut, cut.Incomplete, cut.Bytes.Length));
        Assert.Equal((false, null, s_json.Length), (whole.IsCut, whole.Incomplete, whole.Bytes.Length));
    }

    [Fact]
    public async Task Bomb_is_cut_at_the_limit()
    {
        byte[] zeros = Compressed.As("gzip", new byte[64 * 1024 * 1024]);

        Assert.True((await ReadAsync(zeros, "gzip", limit: 4096)).IsCut);
    }

    [Fact]
    public async Task Body_that_stalls_is_kept_as_far_as_it_came()
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromMilliseconds(50));
        using StreamContent content = new(new SplitStream("half"u8.ToArray(), 100, null, stalls: true));

        ReadBody body = await new BodyReader(content, 1000).ReadAsync(timeout.Token);

        Assert.Equal(("half", "It had not come to its end in time."), (Encoding.UTF8.GetString(body.Bytes.Span), body.Incomplete));
    }

    private static async Task<ReadBody> ReadAsync(byte[] body, string coding, int chunk = 100_000, int limit = 1_000_000, Exception? failure = null)
    {
        using StreamContent content = new(new SplitStream(body, chunk, failure));
        if (coding.Length > 0)
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Encoding", coding));
        return await new BodyReader(content, limit).ReadAsync(TestContext.Current.CancellationToken);
    }

    private sealed class SplitStream(byte[] bytes, int chunk, Exception? failure, bool stalls = false) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
            if (read == 0 && stalls)
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return read > 0 || failure is null ? read : throw failure;
        }
    }
}
