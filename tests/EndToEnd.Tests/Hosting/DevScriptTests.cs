using System.Diagnostics;
using Courier.Contracts;

namespace Courier.EndToEnd.Tests.Hosting;

public sealed class DevScriptTests
{
    private static readonly string s_script = Repository.PathOf("dev");

    [Fact]
    public async Task Script_is_valid_bash()
    {
        Assert.Equal((0, "", ""), await RunAsync("-n", s_script));
    }

    [Fact]
    public void Script_may_be_executed()
    {
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(s_script).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_every_command(params string[] words)
    {
        (int exitCode, string output, string error) = await RunAsync([s_script, .. words]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.All((string[])["run", "send", "test", "bench", "func", "docs", "infra", "cloud", "sync-triggers", "roundtrip", "func-check"], command => Assert.Contains($"./dev {command} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_command_gets_the_usage_and_exit_code_2()
    {
        (int exitCode, string output, string error) = await RunAsync(s_script, "fly");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal((await RunAsync(s_script, "help")).Output, error);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] words)
    {
        using Process bash = Process.Start(new ProcessStartInfo("bash", words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        Task<string> output = bash.StandardOutput.ReadToEndAsync(), error = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return (bash.ExitCode, await output, await error);
    }
}
