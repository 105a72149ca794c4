using Courier.Pacing;

namespace Courier.Tests.Pacing;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/companies/example.com/factors", "/companies/*/factors")]
    [InlineData("/companies/example.com/factors?limit=50&cursor=/a/b", "/companies/*/factors")]
    [InlineData("?limit=50", "")]
    [InlineData("/portfolios", "/portfolios")]
    [InlineData("/portfolios/42", "/portfolios/*")]
    [InlineData("/issue-types/over_all", "/issue-types/over_all")]
    [InlineData("/abcdefghijklmnopqrstuvwx/a", "/abcdefghijklmnopqrstuvwx/a")]
    [InlineData("/abcdefghijklmnopqrstuvwxy/a", "/*/a")]
    [InlineData("/ü/a", "/*/a")]
    public void Words_name_a_kind_and_all_else_one_thing(string path, string template) => Assert.Equal(template, PathTemplate.Of(path));
}
