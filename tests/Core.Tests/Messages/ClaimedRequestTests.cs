using System.Text;
using Courier.Contracts;
using Courier.Messages;
using Courier.Storage;

namespace Courier.Tests.Messages;

/// <summary>A request that lay in a blob; and which id, and which list, a request has.</summary>
public sealed class ClaimedRequestTests
{
    private const string Plain = """{"method":"GET","path":"/x"}""";

    private static readonly QueuedMessage s_message = TestMessages.CreateMessage("{}", "m7");
    private static readonly string s_made = RequestIdentity.Make(s_message);

    [Theory]
    [InlineData("r1", """{"id":"r2","method":"GET","path":"/x"}""", "r2")]
    [InlineData("r1", Plain, "r1")]
    [InlineData(null, Plain, null)]
    public void Id_is_the_requests_own_or_the_claims_or_made(string? claimed, string blob, string? id) =>
        Assert.Equal(id ?? s_made, Assert.IsType<Reading.Request>(ReadClaimed(claimed, blob)).Envelope.Request.Id);

    [Theory]
    [InlineData("r1", "[]", "r1")]
    [InlineData(null, "[]", null)]
    [InlineData("r1", """{"id":"r2","method":"GET"}""", "r2")]
    public void What_is_no_request_has_an_id_too(string? claimed, string blob, string? id) =>
        Assert.Equal(id ?? s_made, Assert.IsType<Reading.Malformed>(ReadClaimed(claimed, blob)).Id);

    [Theory]
    [InlineData("""{"id":"r2"}""", "r2")]
    [InlineData("""{"id":"a b"}""", null)]
    [InlineData("""{"id":5}""", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void Id_is_found_in_what_need_not_be_a_request(string blob, string? id) => Assert.Equal(id, EnvelopeReader.IdOf(Encoding.UTF8.GetBytes(blob)));

    /// <summary>The same at each delivery of the message that began it, and another for every message.</summary>
    [Fact]
    public void List_is_named_by_the_message_that_began_it()
    {
        string? list = ReadList("""{"method":"GET","path":"/x","paginate":true}""", "m7");

        Assert.Equal("08159dba17aecc2f", list);
        Assert.NotEqual(list, ReadList("""{"method":"GET","path":"/x","paginate":true}""", "m8"));
        Assert.Null(ReadList(Plain, "m7"));
        Assert.Equal("0123456789abcdef", ReadList("""{"method":"GET","path":"/x","paginate":true,"delivery":{"list":"0123456789abcdef"}}""", "m7"));
    }

    /// <summary>A page that an earlier version posted is of a list without a name.</summary>
    [Fact]
    public void Page_of_a_list_without_a_name_gets_none()
    {
        PageState second = PageState.Of(TestMessages.CreateEnvelope()).Next(new Uri("https://api.test/next"));
        Envelope page = TestMessages.CreateEnvelope();
        page = page with { Request = page.Request with { Id = "r1~2", Paginate = true }, Delivery = page.Delivery with { Page = second } };

        Assert.Null(TestMessages.Request(EnvelopeWriter.Write(page).ToArray()).Delivery.List);
    }

    [Fact]
    public void Secret_that_makes_a_message_invalid_is_named_without_it()
    {
        Reading.Malformed malformed = TestMessages.Malformed($$"""{"id":"{{TestCourier.Key}}","method":"GET","path":"/x"}""");

        Assert.DoesNotContain(TestCourier.Key, malformed.Received.GetRawText() + malformed.Why, StringComparison.Ordinal);
        Assert.NotEmpty(malformed.Why);
    }

    private static Reading ReadClaimed(string? id, string blob) =>
        TestMessages.CreateReader().ReadClaimed(s_message, new Reading.Claimed("b.json", id, new Delivery { FirstSeenAt = TestMessages.Posted }), Encoding.UTF8.GetBytes(blob));

    private static string? ReadList(string text, string message) =>
        Assert.IsType<Reading.Request>(TestMessages.CreateReader().Read(TestMessages.CreateMessage(text, message))).Envelope.Delivery.List;
}
