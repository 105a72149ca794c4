using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Courier.Contracts;

namespace Courier.Cli.Tests;

/// <summary>The tool as operators install it: packed, installed from the package alone, and run.</summary>
public sealed class PackageTests(Azurite azurite) : IClassFixture<Azurite>
{
    /// <summary>Of the build under test, which is packed as it is.</summary>
    private static readonly string s_configuration = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[^2];

    [Fact]
    public async Task Packed_and_installed_the_tool_helps_and_posts_a_request()
    {
        await using TestCourier courier = Works.Create(azurite, _ => 200);
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("courier-tool-");
        string packages = Path.Combine(folder.FullName, "packages"), tools = Path.Combine(folder.FullName, "tools");
        // No other source is asked: a registry may know a package of this name.
        string sources = Path.Combine(folder.FullName, "nuget.config");
        await File.WriteAllTextAsync(sources, "<configuration><packageSources><clear /></packageSources></configuration>", TestContext.Current.CancellationToken);

        Ended packed = await DotnetAsync("pack", Repository.PathOf("src", "Cli"), "-c", s_configuration, "--no-build", "-o", packages);
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        Ended installed = await DotnetAsync("tool", "install", "Courier.Tool", "--tool-path", tools, "--add-source", packages, "--configfile", sources);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);

        Ended help = await RunAsync(tools, "--help");
        Ended sent = await RunAsync(tools, "send", "GET", "/installed", "--id", "installed-1");
        await courier.DrainAsync(TimeSpan.FromMilliseconds(200));

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.All(["send", "status", "dead-letters", "pause", "doctor", "page"], command => Assert.Contains(command, help.Output, StringComparison.Ordinal));
        Assert.Equal((0, "installed-1"), (sent.ExitCode, sent.Output.Trim()));
        Assert.Equal(["/installed"], courier.Paths);
        Assert.Contains("exit codes", await ReadmeAsync(packages), StringComparison.OrdinalIgnoreCase);
        folder.Delete(recursive: true);
    }

    private static async Task<string> ReadmeAsync(string packages)
    {
        using ZipArchive package = await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(packages, "*.nupkg")), TestContext.Current.CancellationToken);
        using StreamReader readme = new(await package.GetEntry("README.md")!.OpenAsync(TestContext.Current.CancellationToken));
        return await readme.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private Task<Ended> RunAsync(string tools, params string[] words) => EndAsync(Path.Combine(tools, "courier"), words, new()
    {
        ["AzureWebJobsStorage"] = azurite.ConnectionString,
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
    });

    private static Task<Ended> DotnetAsync(params string[] words) => EndAsync("dotnet", words, new() { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_NOLOGO"] = "1" });

    private static Task<Ended> EndAsync(string program, string[] words, Dictionary<string, string> environment)
    {
        ProcessStartInfo start = new(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Tool.EndAsync(Process.Start(start)!);
    }
}
