using Courier.Contracts;

namespace Courier.Bench;

/// <summary>The benchmarks as an earlier commit built them, in a work tree that lives as long as this, with today's <see cref="FlowBenchmark"/> in place of its own.</summary>
internal sealed class EarlierBuild : IAsyncDisposable
{
    /// <summary>The last commit before the flow was made cheaper.</summary>
    public const string Commit = "fd42e9d";

    private readonly string _folder;

    private EarlierBuild(string folder) => _folder = folder;

    public string Program => Path.Combine(_folder, "bench", "bin", "Release", "net10.0", "Courier.Bench.dll");

    /// <summary>Null, and says so, where the repository does not hold the commit: a shallow clone, or an archive of the source.</summary>
    public static async Task<EarlierBuild?> CreateAsync()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"courier-{Commit}-{Environment.ProcessId}");
        try
        {
            await Command.RunAsync("git", ["worktree", "add", "--detach", folder, Commit], Repository.Root);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"  the comparison with {Commit} is left out: this repository does not hold that commit (git fetch --unshallow)");
            return null;
        }

        Console.WriteLine($"  building {Commit} …");
        EarlierBuild build = new(folder);
        try
        {
            File.Copy(Repository.PathOf("bench", "Flow", "FlowBenchmark.cs"), Path.Combine(folder, "bench", "FlowBenchmark.cs"), overwrite: true);
            await Command.RunAsync("dotnet", ["build", "bench", "-c", "Release", "--nologo", "-v", "quiet", "-p:TreatWarningsAsErrors=false"], folder);
            return build;
        }
        catch
        {
            await build.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Command.RunAsync("git", ["worktree", "remove", "--force", _folder], Repository.Root);
}
