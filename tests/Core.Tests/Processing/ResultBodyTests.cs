using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Where an answer's body goes, and that it arrives as it came.</summary>
public sealed class ResultBodyTests
{
    [Theory]
    [InlineData("""{"n":1.10,"big":12345678901234567890,"t":"ü"}""", "application/json")]
    [InlineData("""[1,2.0,null]""", "application/json; charset=utf-8")]
    [InlineData("\"text\"", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("""{"title":"x"}""", "application/problem+json")]
    [InlineData("""{"a":1}""", "application/vnd.api+json; v=1")]
    [InlineData("""{"a":1}""", null)]
    public async Task Json_is_inline_with_its_exact_numbers(string body, string? contentType)
    {
        JsonElement result = await ResultAsync(Encoding.UTF8.GetBytes(body), contentType);

        Assert.Equal(body, result.GetProperty("body").GetRawText());
        Assert.False(result.TryGetProperty("bodyRef", out _));
    }

    [Theory]
    [InlineData("done: 3 < 4 & \"ü\"\r\n", "text/plain")]
    [InlineData("<p>done</p>", "text/html; charset=utf-8")]
    [InlineData("<a/>", "application/xml")]
    [InlineData("<a/>", "Text/XML")]
    [InlineData("{'not':'json'}", "application/json")]
    [InlineData("""{"cut":"of""", "application/json")]
    [InlineData("""{"half":"\ud800"}""", "application/json")]
    [InlineData("""{"\udc00":1}""", "application/json")]
    [InlineData("NaN", "application/json")]
    public async Task Text_and_what_is_json_in_name_only_are_inline_as_a_string(string body, string contentType)
    {
        JsonElement result = await ResultAsync(Encoding.UTF8.GetBytes(body), contentType);

        Assert.Equal(body, result.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("text/csv", "r1.csv")]
    [InlineData("text/csv; charset=utf-8; header=present", "r1.csv")]
    [InlineData("application/pdf", "r1.pdf")]
    [InlineData("application/zip", "r1.zip")]
    [InlineData("application/octet-stream", "r1.bin")]
    [InlineData("image/png", "r1.bin")]
    public async Task Report_goes_to_a_blob_byte_for_byte_with_its_content_type(string contentType, string name)
    {
        byte[] body = [.. "a;b\r\n"u8, .. Enumerable.Range(0, 256).Select(number => (byte)number)];
        await using TestCourier courier = await ProcessAsync(body, contentType);

        JsonElement result = Assert.Single(await courier.ResultsAsync());

        Assert.Equal("api-results/" + name, result.GetProperty("bodyRef").GetString());
        Assert.False(result.TryGetProperty("body", out _));
        StoredBlob blob = (await courier.Storage.ResultBodies.ReadAsync(name, TestContext.Current.CancellationToken))!;
        Assert.Equal(body, blob.Content.ToArray());
        Assert.Equal(contentType, blob.ContentType);
    }

    [Theory]
    [InlineData("text/plain", "r1.txt")]
    [InlineData("application/json", "r1.json")]
    public async Task Text_in_another_encoding_goes_to_a_blob_as_it_came(string contentType, string name)
    {
        byte[] body = Encoding.Latin1.GetBytes("\"Zoë\"");
        await using TestCourier courier = await ProcessAsync(body, contentType);

        Assert.Equal(body, (await courier.Storage.ResultBodies.ReadAsync(name, TestContext.Current.CancellationToken))!.Content.ToArray());
    }

    [Theory]
    [InlineData(32 * 1024, true)]
    [InlineData((32 * 1024) + 1, false)]
    [InlineData(5_000_000, false)]
    public async Task Body_over_32_kib_goes_to_a_blob(int length, bool isInline)
    {
        byte[] body = Encoding.UTF8.GetBytes($"\"{new string('a', length - 2)}\"");
        await using TestCourier courier = await ProcessAsync(body, "application/json");

        JsonElement result = Assert.Single(await courier.ResultsAsync());

        Assert.Equal(isInline, result.TryGetProperty("body", out _));
        Assert.Equal(isInline ? [] : ["r1.json"], await courier.BlobsAsync(courier.Storage.ResultBodies));
        if (!isInline)
            Assert.Equal(body, (await courier.Storage.ResultBodies.ReadAsync("r1.json", TestContext.Current.CancellationToken))!.Content.ToArray());
    }

    [Theory]
    [InlineData("text/plain", "r1.txt", '"')]
    [InlineData("text/html", "r1.html", '\u0001')]
    [InlineData("text/plain", "r1.txt", '\\')]
    public async Task Text_that_grows_too_long_in_json_goes_to_a_blob_as_it_came(string contentType, string name, char character)
    {
        byte[] body = Encoding.UTF8.GetBytes(new string(character, 30_000));
        await using TestCourier courier = await ProcessAsync(body, contentType);

        JsonElement result = Assert.Single(await courier.ResultsAsync());

        Assert.Equal("api-results/" + name, result.GetProperty("bodyRef").GetString());
        StoredBlob blob = (await courier.Storage.ResultBodies.ReadAsync(name, TestContext.Current.CancellationToken))!;
        Assert.Equal(body, blob.Content.ToArray());
        Assert.Equal(contentType, blob.ContentType);
    }

    [Fact]
    public async Task Body_that_finds_no_room_beside_the_metadata_goes_to_a_blob_as_it_came()
    {
        string body = $$"""{ "n" : 1.10, "text" : "{{new string('b', 30_000)}}" }""";
        await using TestCourier courier = await ProcessAsync(Encoding.UTF8.GetBytes(body), "application/json", metadata: $$"""{"text":"{{new string('m', 30_000)}}"}""");

        JsonElement result = Assert.Single(await courier.ResultsAsync());

        Assert.Equal("api-results/r1.json", result.GetProperty("bodyRef").GetString());
        Assert.Equal(body, await courier.BlobTextAsync(courier.Storage.ResultBodies, "r1.json"));
        Assert.Equal(30_000, result.GetProperty("metadata").GetProperty("text").GetString()!.Length);
    }

    [Fact]
    public async Task No_content_has_no_body()
    {
        JsonElement result = await ResultAsync([], null, status: 204);

        Assert.Equal(204, result.GetProperty("status").GetInt32());
        Assert.False(result.TryGetProperty("body", out _));
        Assert.False(result.TryGetProperty("bodyRef", out _));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(500)]
    public async Task Answer_of_any_depth_comes_through(int depth)
    {
        string body = new string('[', depth) + new string(']', depth);
        await using TestCourier courier = await ProcessAsync(Encoding.UTF8.GetBytes(body), "application/json");

        JsonElement result = Assert.Single(await courier.ResultsAsync());

        JsonElement told = result.GetProperty("body");
        Assert.Equal(body, told.ValueKind == JsonValueKind.String ? told.GetString() : told.GetRawText());
    }

    [Fact]
    public async Task Result_can_travel_in_xml()
    {
        await using TestCourier courier = await ProcessAsync(Encoding.UTF8.GetBytes("\u0001\uFFFE\uFFFF\u007F漢"), "text/plain");

        QueuedMessage message = Assert.Single(await courier.Storage.Results.ReceiveAsync(1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        string text = Encoding.UTF8.GetString(message.Body.Span);
        Assert.DoesNotContain(text, c => c is < ' ' or '\uFFFE' or '\uFFFF');
        Assert.Contains("漢", text, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ResultAsync(byte[] body, string? contentType, int status = 200)
    {
        await using TestCourier courier = await ProcessAsync(body, contentType, status);
        return Assert.Single(await courier.ResultsAsync());
    }

    /// <summary>One request, answered and settled.</summary>
    private static async Task<TestCourier> ProcessAsync(byte[] body, string? contentType, int status = 200, string metadata = "{}")
    {
        TestCourier courier = TestCourier.Create(TestAnswers.Always(status, body, contentType));
        await courier.PostAsync($$"""{"id":"r1","method":"GET","path":"/x","metadata":{{metadata}} }""");
        await courier.ProcessAsync();
        return courier;
    }
}
