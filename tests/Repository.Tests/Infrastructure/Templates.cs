using System.Reflection;
using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Infrastructure;

/// <summary>
/// A copy of <c>infra/</c>, and what Bicep makes of it: the compiled template, and which resources a deployment with given parameters asks for,
/// worked out on this machine (<c>bicep snapshot</c>).
/// </summary>
public sealed class Templates : IAsyncLifetime
{
    private static readonly string s_bicep = typeof(Templates).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Bicep").Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("courier-infra-").FullName;

    /// <summary>What the compiler and the linter said; nothing when all is well.</summary>
    public string Diagnostics { get; private set; } = "";

    /// <summary>main.bicep, compiled.</summary>
    public JsonElement Compiled { get; private set; }

    /// <summary>With the parameters that must be set, and the key.</summary>
    public Deployment Least { get; private set; } = null!;

    /// <summary>With everything that can be asked for.</summary>
    public Deployment Full { get; private set; } = null!;

    /// <summary>What settings.bicep makes, which a deployment itself does not show, because it may hold secrets.</summary>
    public Deployment Settings { get; private set; } = null!;

    /// <summary>The files that <c>bicep format</c> would write otherwise.</summary>
    public IReadOnlyList<string> Unformatted { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(s_bicep, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string file in Directory.GetFiles(Repository.PathOf("infra"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(Repository.PathOf("infra"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await BicepAsync("format", "--pattern", PathOf("**/*.bicep"));
        Unformatted = [.. Directory.GetFiles(_folder, "*.bicep", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder, file))
            .Where(file => Lines(PathOf(file)) != Lines(Repository.PathOf("infra", file)))];
        Command build = await BicepAsync("build", PathOf("main.bicep"), "--stdout");
        Diagnostics = build.Errors;
        Compiled = build.ExitCode == 0 ? JsonElement.Parse(build.Output) : throw new InvalidOperationException(build.Errors);
        Least = await DeployAsync("least", Parameters.Least);
        Full = await DeployAsync("full", Parameters.Full);
        await File.WriteAllTextAsync(PathOf("settings-probe.bicep"), Parameters.SettingsProbe);
        Settings = await DeployAsync("settings-probe", "", "settings-probe.bicep");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <param name="parameters">The parameters' text, without the line that names the template.</param>
    public async Task<Deployment> DeployAsync(string name, string parameters, string template = "main.bicep")
    {
        await File.WriteAllTextAsync(PathOf($"{name}.bicepparam"), $"using '{template}'\n{parameters}");
        Command snapshot = await BicepAsync("snapshot", PathOf($"{name}.bicepparam"), "--mode", "overwrite",
            "--tenant-id", Parameters.Tenant, "--subscription-id", Parameters.Subscription, "--location", "westeurope");
        return snapshot.ExitCode == 0
            ? new Deployment(JsonElement.Parse(await File.ReadAllTextAsync(PathOf($"{name}.snapshot.json"))))
            : throw new InvalidOperationException(snapshot.Errors);
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private static string Lines(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    private static Task<Command> BicepAsync(params string[] arguments) => Command.RunAsync(s_bicep, arguments);
}
