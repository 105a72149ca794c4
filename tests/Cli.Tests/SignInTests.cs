using System.Text.RegularExpressions;

namespace Courier.Cli.Tests;

/// <summary><c>--account</c>, where no sign-in is possible.</summary>
public sealed class SignInTests
{
    private const string Secret = "very-secret-0123456789";

    [Fact]
    public async Task Without_any_sign_in_one_sentence_says_how_to()
    {
        Ended ended = await Tool.RunAsync(null, new Dictionary<string, string> { ["AZURE_TOKEN_CREDENTIALS"] = "EnvironmentCredential" }, "status", "--account", "courierexample");

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Matches(@"^error: \S+: no identity is signed in here\. Run 'az login' .* or name the account by --connection\.\s*$", ended.Error);
    }

    [Fact]
    public async Task Choice_of_credentials_that_there_is_not_is_told_with_those_that_there_are()
    {
        Ended ended = await Tool.RunAsync(null, new Dictionary<string, string> { ["AZURE_TOKEN_CREDENTIALS"] = "nonsense" }, "status", "--account", "courierexample");

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("AZURE_TOKEN_CREDENTIALS is 'nonsense': it must be dev, prod, or", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_that_fails_is_told_without_its_secret()
    {
        Ended ended = await Tool.RunAsync(
            null,
            new Dictionary<string, string>
            {
                ["AZURE_TOKEN_CREDENTIALS"] = "EnvironmentCredential",
                ["AZURE_AUTHORITY_HOST"] = "https://127.0.0.1:1/",
                ["AZURE_TENANT_ID"] = "00000000-0000-0000-0000-000000000001",
                ["AZURE_CLIENT_ID"] = "00000000-0000-0000-0000-000000000002",
                ["AZURE_CLIENT_SECRET"] = Secret,
            },
            "status", "--account", "courierexample");

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(ended.Error, "\n"));
        Assert.Contains("az login", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, ended.Error, StringComparison.Ordinal);
    }
}
