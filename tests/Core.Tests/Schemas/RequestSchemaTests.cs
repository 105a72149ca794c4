using System.Text.Json;
using Courier.Contracts;
using Courier.Messages;
using Courier.Tests.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Schemas;

/// <summary>The schema of a request says what the reader says, but for what no schema can say.</summary>
public sealed partial class RequestSchemaTests
{
    /// <summary>Hostile messages that only the reader refuses: what depends on the settings, on two fields at once, or on decoding, and Courier's own field.</summary>
    private static readonly string[] s_onlyTheReader =
    [
        "Authorization", "authorization in small letters", "Proxy-Authorization", "Host", "Cookie", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection",
        "X-Forwarded-Host", "X-HTTP-Method-Override", "two headers, one of them not allowed",
        "query too long", "path too long", "query string too long", "moment before time began", "notBefore too far ahead", "notBefore after expiresAt",
        "dots in encoded digits", "encoded full-width slash", "encoded full-width backslash", "encoded full-width dots", "encoded ideographic dots",
        "encoded two-dot leader", "encoded division slash", "overlong dots", "overlong slash", "encoded surrogate", "encoded next line",
    ];

    private static readonly EnvelopeReader s_reader = TestMessages.CreateReader();

    [Theory]
    [InlineData("field")]
    [InlineData("path")]
    [InlineData("header")]
    public void Hostile_messages_are_refused_but_for_those_that_only_the_reader_can_tell(string kind)
    {
        string[] passed = [.. HostileMessages.Kinds[kind].Where(each => IsValid(JsonElement.Parse(each.Value.Text))).Select(each => each.Key)];

        Assert.All(passed.Except(s_onlyTheReader), name => Assert.True(IsAboutDelivery(HostileMessages.Find(kind, name).Text), name));
        Assert.Empty(HostileMessages.Kinds[kind].Keys.Intersect(s_onlyTheReader).Except(passed));
    }

    [Fact]
    public void Generated_messages_have_the_same_verdict() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5000),
        Prop.ForAll(Messages().ToArbitrary(), message => IsValid(JsonElement.Parse(message)) == (Problems(message).Count == 0)));

    [Fact]
    public void Generated_paths_have_the_same_verdict() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(20_000).WithStartSize(1).WithEndSize(12),
        Prop.ForAll(Gen.Elements(s_pieces).ArrayOf().Select(pieces => "/" + string.Concat(pieces)).ToArbitrary(), path =>
        {
            string message = $$"""{"method":"GET","path":{{JsonSerializer.Serialize(path)}}}""";
            return IsValid(JsonElement.Parse(message)) == (Problems(message).Count == 0);
        }));

    [Fact]
    public void Every_problem_is_a_sentence_of_its_own()
    {
        IReadOnlyList<string> problems = Problems("""{"Method":"GET","path":"//evil.test","reply":"no"}""");

        Assert.Equal(4, problems.Count);
        Assert.All(problems, problem => Assert.EndsWith(".", problem, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(NoObjects))]
    public void What_is_no_object_has_one_problem(string name) => Assert.Single(s_reader.Problems(HostileMessages.Texts[name].Text, TestMessages.Posted));

    public static TheoryData<string> NoObjects => [.. HostileMessages.Texts.Keys];

    [Fact]
    public void Page_on_requests_lists_the_fields_of_the_schema()
    {
        string[] listed = [.. File.ReadLines(Repository.PathOf("docs", "requests.md")).TakeWhile(line => !line.StartsWith('#') || line == "# Requests")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];

        Assert.Equal(listed.Order(StringComparer.Ordinal), Schema.Published("request").Root["properties"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_are_valid() =>
        Assert.All(Schema.Published("request").Root["examples"]!.AsArray(), example => Assert.Empty(Problems(example!.ToJsonString())));

    private static bool IsValid(JsonElement message) => Schema.Published("request").Errors(message).Count == 0;

    private static IReadOnlyList<string> Problems(string message) => s_reader.Problems(System.Text.Encoding.UTF8.GetBytes(message), TestMessages.Posted);

    private static bool IsAboutDelivery(byte[] message) => JsonElement.Parse(message).TryGetProperty("delivery", out _);
}
