using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;

namespace Courier.Tests.Messages;

/// <summary>What the record of a malformed message says and keeps.</summary>
public sealed class MalformedRecordTests
{
    private const string Secret = "s3cr3t-of-the-sender";

    [Fact]
    public void All_problems_of_a_message_are_named_at_once()
    {
        string why = TestMessages.Malformed("""
            {"Method":"GET","path":"//evil.test","id":"a b","headers":{"Host":"x","Accept":1},"query":{"a":{}},"idempotent":"no","paginate":0,
             "expiresAt":"soon","reply":"no","metadata":[],"retries":3,"delivery":{"attempt":-1}}
            """).Why;

        string[] fragments =
        [
            "write it as `method`", "`method` is missing", "begins with `//`", "`id` must be", "`headers.Host` may not", "`headers.Accept` must be", "`query.a` must be",
            "`idempotent` is", "`paginate` is", "`expiresAt` is", "`reply` is", "`metadata` is", "`retries` is no field", "`delivery.attempt` is",
        ];
        Assert.All(fragments, fragment => Assert.Contains(fragment, why, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_problem_is_named_once()
    {
        string why = TestMessages.Malformed("""{"method":"get","path":"/a/../b","id":"a b","expiresAt":1}""").Why;

        Assert.All(["`method`", "`path`", "`id`", "`expiresAt`"], name => Assert.Equal(2, why.Split(name).Length));
    }

    [Fact]
    public async Task Id_and_metadata_of_a_parsable_message_are_kept()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostAsync("""{"id":"order-7","method":"GET","path":"//evil.test","metadata":{"team":"a","n":1.10},"body":{"b":2}}""");

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("order-7", record.GetProperty("id").GetString());
        Assert.Equal("""{"team":"a","n":1.10}""", record.GetProperty("request").GetProperty("metadata").GetRawText());
        Assert.Equal("//evil.test", record.GetProperty("request").GetProperty("path").GetString());
        Assert.Equal(2, record.GetProperty("request").GetProperty("body").GetProperty("b").GetInt32());
        Assert.Equal("courier dead-letters redrive order-7", record.GetProperty("redrive").GetString());
        Assert.Empty(record.GetProperty("attempts").EnumerateArray());
    }

    [Theory]
    [InlineData("id", TestCourier.Key)]
    [InlineData("id", "a.dGVzdC1rZXktMDEyMzQ1Njc4OTp4")]
    [InlineData("batch", "run-" + TestCourier.Key)]
    public async Task Name_that_holds_the_key_is_refused_and_stands_nowhere(string field, string name)
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostAsync($$"""{"{{field}}":"{{name}}","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal("invalid-message", record.GetProperty("reason").GetString());
        Assert.Contains("[redacted]", record.GetProperty("request").GetProperty(field).GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(name, record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_id_is_replaced_by_a_made_one()
    {
        Reading.Malformed malformed = TestMessages.Malformed("""{"id":"../x","method":"GET","path":"/x"}""");

        Assert.Equal(RequestIdentity.Make(TestMessages.CreateMessage("")), malformed.Id);
        Assert.Equal("../x", malformed.Received.GetProperty("id").GetString());
    }

    [Fact]
    public void Text_that_is_no_json_is_shown_as_text()
    {
        Reading.Malformed malformed = TestMessages.Malformed("""{"method":"GET","path":7""");

        Assert.Equal("""{"method":"GET","path":7""", malformed.Received.GetString());
        Assert.Equal(TestMessages.Posted, malformed.FirstSeenAt);
    }

    [Fact]
    public void Long_text_that_is_no_json_is_shown_in_part()
    {
        string shown = TestMessages.Malformed(new string('[', 60_000)).Received.GetString()!;

        Assert.Equal(new string('[', 16 * 1024), shown);
    }

    [Fact]
    public async Task Header_that_is_allowed_is_shown_and_one_that_is_not_is_left_out()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostAsync("""{"method":"GET","path":"/x","headers":{"accept":"text/csv","X-Token":"mine"}}""");

        await courier.ProcessAsync();

        JsonElement headers = Assert.Single(await courier.RecordsAsync()).GetProperty("request").GetProperty("headers");
        Assert.Equal("""{"accept":"text/csv"}""", headers.GetRawText());
    }

    [Theory]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Authorization":"Token SECRET"}}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"AUTHORIZATION":"Digest username=\"SECRET\", a=\"SECRET\""}}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Proxy-Authorization":["SECRET"]}}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Authorization: Token SECRET":""}}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":["Authorization: Token SECRET"]}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":[{"name":"Authorization","value":"SECRET"}]}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":"Authorization: Token SECRET"}""")]
    [InlineData("""{"method":"GET","path":"/x","Headers":{"Authorization":"Token SECRET"}}""")]
    [InlineData("""{"method":"GET","path":"/x","header":{"Authorization":"Token SECRET"}}""")]
    [InlineData("""{"request":{"headers":{"Authorization":"Token SECRET"}}}""")]
    [InlineData("""{"method":"GET","path":"/x","Authorization":"Token SECRET"}""")]
    [InlineData("""{"method":"GET","path":"/x","authorization":{"token":"SECRET"}}""")]
    [InlineData("""{"method":"GET /x\r\nAuthorization: Token SECRET","path":"/x"}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Authorization":"Token SECRET"}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Authorization":"ApiKey SECRET"}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Authorization":"Token token=\"SECRET\""}""")]
    [InlineData("""{"method":"GET","path":"/x","headers":{"Authorization":["Token SECRET"]}""")]
    [InlineData("""{"headers":{"Authorization":"Token SECRET","Authorization":"Token SECRET"}}""")]
    [InlineData("""[{"headers":{"Authorization":"Token SECRET"}}]""")]
    [InlineData("GET /x HTTP/1.1\r\nAuthorization: Token SECRET\r\n\r\n")]
    [InlineData("curl -H 'Authorization: Token SECRET' https://api.test/x")]
    public async Task Value_given_for_authorization_is_in_no_dead_letter(string message)
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostAsync(message.Replace("SECRET", Secret, StringComparison.Ordinal));

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        JsonElement doorbell = Assert.Single(await courier.DeadLettersAsync());
        Assert.DoesNotContain(Secret, record.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, doorbell.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sentence_may_be_cut_within_a_character()
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostAsync($$"""{"method":"{{new string('a', 59)}}😀😀","path":"/x","{{new string('b', 59)}}😀":1}""");

        await courier.ProcessAsync();

        Assert.Contains("it must be one of", Assert.Single(await courier.RecordsAsync()).GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doorbell_of_a_large_malformed_message_fits_its_queue()
    {
        string names = string.Join(',', Enumerable.Range(0, 4000).Select(number => $"\"f{number}\":1"));
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.Storage.Requests.SendAsync(Encoding.UTF8.GetBytes($$"""{"id":"r1",{{names}} }"""), TimeSpan.Zero, TestContext.Current.CancellationToken);

        await courier.ProcessAsync();

        Assert.Contains("`f3999`", Assert.Single(await courier.RecordsAsync()).GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal("r1", Assert.Single(await courier.DeadLettersAsync()).GetProperty("id").GetString());
    }
}
