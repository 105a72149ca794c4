using System.Text;
using System.Text.Json;
using Courier.Messages;

namespace Courier.Tests.Messages;

/// <summary>What is written, to the letter: instances of several versions read it, and what waits on a queue was written by an earlier one.</summary>
public sealed class WrittenFormTests
{
    private const string Request = """{"id":"r1","method":"GET","path":"/companies/example.com"}""";

    private const string Untouched = ""","delivery":{"attempt":0,"firstSeenAt":"2026-01-01T08:00:00+00:00","history":[]}}""";

    private static readonly DateTimeOffset s_posted = TestMessages.Posted;

    [Fact]
    public void Request_that_has_been_through_nothing() =>
        Assert.Equal(Request[..^1] + Untouched, Text(EnvelopeWriter.Write(TestMessages.CreateEnvelope())));

    [Fact]
    public void Request_alone() => Assert.Equal(Request, Text(EnvelopeWriter.Write(TestMessages.CreateEnvelope().Request)));

    [Theory]
    [InlineData("""{"a":1.50,"delivery":{"attempt":7}}""")]
    [InlineData("""{"delivery":null,"a":1.50}""")]
    [InlineData("""{"a":1.50}""")]
    public void Senders_own_text_without_the_state_that_it_may_hold(string text)
    {
        Assert.Equal("""{"a":1.50}""", Text(EnvelopeWriter.Write(JsonElement.Parse(text))));
        Assert.Equal("""{"a":1.50""" + Untouched, Text(EnvelopeWriter.Write(JsonElement.Parse(text), new Delivery { FirstSeenAt = s_posted })));
    }

    [Theory]
    [InlineData("r1", """{"id":"r1",""")]
    [InlineData(null, "{")]
    public void Claim_check(string? id, string begin)
    {
        Delivery delivery = new() { FirstSeenAt = s_posted, ClaimCheck = "r1.json", ClaimDigest = "0a1b" };

        string text = Text(EnvelopeWriter.WriteClaim(id, delivery));

        Assert.Equal(begin + """
            "delivery":{"attempt":0,"firstSeenAt":"2026-01-01T08:00:00+00:00","history":[],"claimCheck":"r1.json","claimDigest":"0a1b"}}
            """, text);
        Assert.Equal("0a1b", Assert.IsType<Reading.Claimed>(TestMessages.CreateReader().Read(TestMessages.CreateMessage(text))).Delivery.ClaimDigest);
    }

    [Fact]
    public void Page_of_a_list()
    {
        PageState second = PageState.Of(TestMessages.CreateEnvelope()).Next(new Uri("https://api.test/next"));
        Envelope envelope = TestMessages.CreateEnvelope();
        envelope = envelope with { Request = envelope.Request with { Id = "r1~2", Paginate = true }, Delivery = envelope.Delivery with { List = "0123456789abcdef", Page = second } };

        string text = Text(EnvelopeWriter.Write(envelope));

        Assert.EndsWith($$$$""","list":"0123456789abcdef","page":{"number":2,"begun":"2026-01-01T08:00:00+00:00","seen":"{{{{second.Seen}}}}"}}}""", text, StringComparison.Ordinal);
        Assert.Equal(second, TestMessages.Request(text).Delivery.Page);
    }

    private static string Text(ReadOnlyMemory<byte> written) => Encoding.UTF8.GetString(written.Span);
}
