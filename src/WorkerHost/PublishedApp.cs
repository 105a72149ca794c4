using System.Diagnostics;

namespace Courier.WorkerHost;

/// <summary>A Functions app as <c>dotnet publish</c> writes it: what would be deployed.</summary>
public static class PublishedApp
{
    /// <param name="project">The project's folder.</param>
    /// <param name="folder">Where to; made when it is missing.</param>
    /// <param name="options">Of <c>dotnet publish</c>, besides.</param>
    /// <exception cref="WorkerFailedException">The build failed; the message holds what it wrote.</exception>
    public static async Task PublishAsync(string project, string folder, CancellationToken cancellationToken, params string[] options)
    {
        ProcessStartInfo start = new("dotnet", ["publish", project, "-c", "Release", "-o", folder, "--nologo", "-v", "quiet", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a node that stays would hold on to the pipes below
        using Process publish = Process.Start(start)!;
        Task<string> output = publish.StandardOutput.ReadToEndAsync(cancellationToken), error = publish.StandardError.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        if (publish.ExitCode != 0)
            throw new WorkerFailedException($"dotnet publish {project} failed:\n{await output}{await error}");
    }
}
