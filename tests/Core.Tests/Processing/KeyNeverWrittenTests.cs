using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Whoever repeats the API key: it is in no record, doorbell, result or blob.</summary>
public sealed class KeyNeverWrittenTests
{
    private const string Hard = "aB+c/d\"e\\f&g<h'9=";

    [Theory]
    [InlineData(401, """{"error":{"message":"Invalid token KEY"}}""", "application/json")]
    [InlineData(400, "Invalid token KEY", "text/plain")]
    [InlineData(403, "<html><title>KEY</title></html>", "text/html")]
    [InlineData(404, """{"request":{"headers":{"Authorization":"Token KEY"}}}""", "application/json")]
    [InlineData(200, """{"you":{"sent":["Token KEY","KEY"]}}""", "application/json")]
    [InlineData(200, "you sent KEY", "text/plain")]
    [InlineData(200, "a;b\nKEY;KEY\n", "text/csv")]
    [InlineData(200, "KEY", "application/octet-stream")]
    public async Task Key_in_an_answer_is_redacted(int status, string body, string contentType)
    {
        StubApi api = TestAnswers.Always(status, body.Replace("KEY", TestCourier.Key, StringComparison.Ordinal), contentType, ("X-Request-Id", $"id-{TestCourier.Key}"));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        string written = await EverythingWrittenAsync(courier);
        Assert.DoesNotContain(TestCourier.Key, written, StringComparison.Ordinal);
        Assert.Contains("[redacted]", written, StringComparison.Ordinal);
        Assert.Equal($"Token {TestCourier.Key}", Assert.Single(api.Sent).Headers["Authorization"]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Key_in_a_large_answer_is_redacted(int status)
    {
        string body = $$"""{"a":"{{new string('a', 50_000)}}","key":"{{TestCourier.Key}}"}""";
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(status, body));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        Assert.DoesNotContain(TestCourier.Key, await EverythingWrittenAsync(courier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8 * 1024)]
    [InlineData(1000)]
    public async Task Key_that_stands_where_an_answer_is_cut_leaves_no_half_of_itself(int cut)
    {
        string body = new string('x', cut - 10) + TestCourier.Key + " and more";
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, body, "text/plain"));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        Assert.DoesNotContain(TestCourier.Key[..6], await EverythingWrittenAsync(courier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public async Task Key_in_a_link_that_is_refused_leaves_no_half_of_itself(int before)
    {
        string link = "<https://evil.test/" + new string('x', before) + TestCourier.Key + ">; rel=\"next\"";
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, "{}", "application/json", ("Link", link)));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x","paginate":true}""");

        await courier.ProcessAsync();

        Assert.Single(await courier.RecordsAsync());
        Assert.DoesNotContain(TestCourier.Key[..6], await EverythingWrittenAsync(courier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata", 200)]
    [InlineData("metadata", 404)]
    [InlineData("body", 404)]
    [InlineData("query", 404)]
    [InlineData("retries", 200)]
    public async Task Key_that_a_sender_put_into_a_message_is_redacted(string field, int status)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(status, "{}"));
        await courier.PostAsync($$"""{"id":"r1","method":"GET","path":"/x","{{field}}":{"token":"{{TestCourier.Key}}"} }""");

        await courier.ProcessAsync();

        string written = await EverythingWrittenAsync(courier);
        Assert.DoesNotContain(TestCourier.Key, written, StringComparison.Ordinal);
        Assert.Contains("[redacted]", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_in_metadata_that_goes_to_a_blob_is_redacted()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, "{}"));
        await courier.PostAsync($$"""{"id":"r1","method":"GET","path":"/x","metadata":{"a":"{{new string('a', 55_000)}}","token":"{{TestCourier.Key}}"} }""");

        await courier.ProcessAsync();

        Assert.Contains("r1/metadata.json", await courier.BlobsAsync(courier.Storage.ResultBodies));
        Assert.DoesNotContain(TestCourier.Key, await EverythingWrittenAsync(courier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Token KEY")]
    [InlineData("{\"method\":\"GET\",\"path\":\"/x\",\"note\":\"KEY\"")]
    [InlineData("{\"method\":\"KEY\",\"path\":\"/x\"}")]
    [InlineData("{\"method\":\"GET\",\"path\":\"/x\",\"KEY\":1}")]
    public async Task Key_in_a_malformed_message_is_redacted(string message)
    {
        await using TestCourier courier = TestCourier.Create(new StubApi());
        await courier.PostAsync(message.Replace("KEY", TestCourier.Key, StringComparison.Ordinal));

        await courier.ProcessAsync();

        Assert.DoesNotContain(TestCourier.Key, await EverythingWrittenAsync(courier), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(200)]
    public async Task Key_with_characters_that_json_escapes_is_redacted_in_every_spelling(int status)
    {
        string body = JsonSerializer.Serialize(new { plain = Hard, nested = JsonSerializer.Serialize(Hard) });
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(status, body), settings: [new("Api:Key", Hard)]);
        await courier.PostAsync(JsonSerializer.Serialize(new { id = "r1", method = "GET", path = "/x", metadata = new { token = Hard } }));

        await courier.ProcessAsync();

        Assert.DoesNotMatch("""aB\\*(\+|u002B|%2B)c""", await EverythingWrittenAsync(courier));
    }

    [Fact]
    public async Task Redacted_result_is_still_json()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, $$"""{"a":"{{TestCourier.Key}}","b":1.10}"""));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        Assert.Equal("""{"a":"[redacted]","b":1.10}""", Assert.Single(await courier.ResultsAsync()).GetProperty("body").GetRawText());
    }

    /// <summary>Records, doorbells, results and the blobs of results, as they lie in storage.</summary>
    private static async Task<string> EverythingWrittenAsync(TestCourier courier)
    {
        StringBuilder written = new();
        foreach (IMessageQueue queue in new[] { courier.Storage.DeadLetters, courier.Storage.Results })
        {
            foreach (QueuedMessage message in await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken))
                written.AppendLine(Encoding.UTF8.GetString(message.Body.Span));
        }

        foreach (IBlobContainer container in new[] { courier.Storage.DeadLetterRecords, courier.Storage.ResultBodies })
        {
            foreach (string name in await courier.BlobsAsync(container))
                written.AppendLine(name).AppendLine(await courier.BlobTextAsync(container, name));
        }

        Assert.NotEqual(0, written.Length);
        return written.ToString();
    }
}
