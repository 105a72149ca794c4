using Courier.Tests.Settings;

namespace Courier.Tests.Documents;

public sealed class ConfigurationTests
{
    [Fact]
    public void Configuration_page_is_what_the_options_are() => GeneratedRegion.Check(ConfigurationPage.Tables(), "docs", "configuration.md");

    [Fact]
    public void Every_setting_has_a_row() => Assert.All(
        KnownSettings.Names, name => Assert.Contains($"| `{SettingFilesTests.Key(name)}", ConfigurationPage.Tables(), StringComparison.Ordinal));
}
