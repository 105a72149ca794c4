using Courier.Origin;

namespace Courier.Tests.Configuration;

/// <summary><c>Api:Headers</c> in its three forms, and the form of the key.</summary>
public sealed class HeaderSettingsTests
{
    [Fact]
    public void Headers_are_read_in_three_forms()
    {
        ApiOptions api = TestSettings.Options<ApiOptions>(
            ("Api:Headers:X-Team", "a"),
            ("Api:Headers:3:Name", " X-Client "), ("Api:Headers:3:Value", "courier: 1"),
            ("Api:Headers:7:name", "X-Version"), ("Api:Headers:7:value", "2"),
            ("Api:Headers:8", "X-Line: of its own"));

        Assert.Equal(
            [("X-Client", "courier: 1"), ("X-Line", "of its own"), ("X-Team", "a"), ("X-Version", "2")],
            api.Headers.Select(header => (header.Key, header.Value)).Order());
    }

    [Fact]
    public void One_setting_holds_a_line_a_header()
    {
        ApiOptions api = TestSettings.Options<ApiOptions>(("Api:Headers", "X-Client: courier\r\n\r\nX-Version:2\nx-client: again"));

        Assert.Equal([("X-Client", "again"), ("X-Version", "2")], api.Headers.Select(header => (header.Key, header.Value)).Order());
    }

    [Theory]
    [InlineData("Api:Headers:0:Value", "s3cret", "Api:Headers:0:Name is not set: it must be the name that Api:Headers:0:Value (it is not shown) belongs to.")]
    [InlineData("Api:Headers:0:Name", "X-Client", "Api:Headers:0:Value is not set: it must be the value of 'X-Client'.")]
    [InlineData("Api:Headers:0:Nam", "X-Client", "Api:Headers:0:Nam is no setting: an entry is numbered and has a Name and a Value, like Api:Headers:0:Name.")]
    [InlineData("Api:Headers:X:Name", "X-Client", "Api:Headers:X is no setting: an entry is numbered and has a Name and a Value, like Api:Headers:0:Name.")]
    [InlineData("Api:Headers", "X-Client: a\ns3cret", "Api:Headers holds a line without a name, line 2 (it is not shown): it must be lines `Name: value`, or numbered entries Api:Headers:0:Name and Api:Headers:0:Value.")]
    public void Half_of_a_header_is_an_error(string key, string value, string expected) => Assert.Equal([expected], TestSettings.Errors((key, value)));

    [Theory]
    [InlineData("Api:Headers:0:Name", "Authorization", "Api:Headers:Authorization is not allowed")]
    [InlineData("Api:Headers:0:Name", "Host", "Api:Headers:Host is not allowed")]
    public void Forbidden_header_is_forbidden_in_every_form(string key, string value, string expected) =>
        Assert.StartsWith(expected, Assert.Single(TestSettings.Errors((key, value), ("Api:Headers:0:Value", "x"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Bearer", "Bearer")]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData(null, "Token")]
    public void Scheme_may_be_empty(string? value, string scheme) => Assert.Equal(scheme, TestSettings.Options<ApiOptions>(("Api:Scheme", value)).Scheme);

    [Theory]
    [InlineData("Api:Scheme", "two words", "Api:Scheme is 'two words': it must be one word, like Token or Bearer, or empty for the bare key.")]
    [InlineData("Api:KeyHeader", "X Key", "Api:KeyHeader is 'X Key': it must be a header's name that Courier does not set itself")]
    [InlineData("Api:KeyHeader", "Cookie", "Api:KeyHeader is 'Cookie': it must be a header's name that Courier does not set itself")]
    [InlineData("Api:KeyHeader", "Content-Type", "Api:KeyHeader is 'Content-Type': it must be a header's name that Courier does not set itself")]
    public void Form_of_the_key_that_no_header_can_have_is_an_error(string key, string value, string expected) =>
        Assert.StartsWith(expected, Assert.Single(TestSettings.Errors((key, value))), StringComparison.Ordinal);

    [Fact]
    public void Nobody_else_may_set_the_header_of_the_key() => Assert.Equal(
        ["Api:AllowedHeaders contains 'x-api-key': a message may never set that header.", "Api:Headers:X-API-KEY is not allowed: Courier sets that header itself, or it is no header name."],
        TestSettings.Errors(("Api:KeyHeader", "X-Api-Key"), ("Api:AllowedHeaders", "Accept,x-api-key"), ("Api:Headers:X-API-KEY", "mine")));
}
