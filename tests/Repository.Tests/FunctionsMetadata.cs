using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests;

/// <summary>One function, as the build tells the host and the platform of it.</summary>
internal sealed record FunctionsMetadata(string Name, IReadOnlyList<string> Queues)
{
    public static IReadOnlyList<FunctionsMetadata> Read()
    {
        string[] output = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..]; // configuration, framework
        string file = Repository.PathOf("src", "Functions", "bin", output[0], output[1], "functions.metadata");
        return [.. JsonElement.Parse(File.ReadAllText(file)).EnumerateArray().Select(function => new FunctionsMetadata(
            function.GetProperty("name").GetString()!,
            [.. function.GetProperty("bindings").EnumerateArray().Where(binding => binding.TryGetProperty("queueName", out _)).Select(binding => binding.GetProperty("queueName").GetString()!)]))];
    }
}
