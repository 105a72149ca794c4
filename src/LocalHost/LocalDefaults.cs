using System.Text.Json;
using Courier.ApiSimulator;
using Courier.LocalHost.Surroundings;

namespace Courier.LocalHost;

/// <summary>Defaults of a local run. The environment overrides them.</summary>
internal static class LocalDefaults
{
    public static IReadOnlyDictionary<string, string?> Common { get; } = new Dictionary<string, string?>
    {
        ["AzureWebJobsStorage"] = StorageEmulator.Connection,
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Courier.Processing.Telemetry"] = "Error", // the console report tells the same
    };

    public static IReadOnlyDictionary<string, string?> Simulated { get; } = new Dictionary<string, string?>(Common)
    {
        ["Api:Key"] = new SimulatorOptions().Key,
        ["Api:ProbePath"] = "/me",
        ["Api:SupportContact"] = "support@api.example",
    };

    /// <summary>Shorter waits, so that the sample requests show in seconds what otherwise takes hours.</summary>
    public static IReadOnlyDictionary<string, string?> Demo { get; } = new Dictionary<string, string?>(Simulated)
    {
        ["Resilience:BaseDelay"] = "00:00:00.2",
        ["Resilience:BreakDuration"] = "00:00:05",
        ["Resilience:BreakerFailureRatio"] = "0.6", // the samples that fail on purpose are to leave it closed
        ["Routing:BaseDelay"] = "00:00:02",
        ["Routing:MaxAttempts"] = "3",
    };

    /// <summary>The same waits, and what the example's file sets, which is written as local.settings.json is.</summary>
    public static IReadOnlyDictionary<string, string?> Example(string name)
    {
        Dictionary<string, string?> settings = new(Demo);
        JsonElement file = JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Examples", $"{name}.json")));
        foreach (JsonProperty setting in file.GetProperty("Values").EnumerateObject())
            settings[setting.Name.Replace("__", ":", StringComparison.Ordinal)] = setting.Value.GetString();
        return settings;
    }
}
