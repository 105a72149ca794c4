using Courier.ApiSimulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Courier.LocalHost;

/// <summary>The settings of a local run: defaults, which the environment overrides, and what the command line and the simulator say, which overrides it.</summary>
internal sealed class LocalSettings
{
    private readonly IReadOnlyDictionary<string, string?> _defaults;
    private readonly Dictionary<string, string?> _overrides;

    private LocalSettings(IReadOnlyDictionary<string, string?> defaults, Dictionary<string, string?> overrides) => (_defaults, _overrides) = (defaults, overrides);

    /// <summary>What this adds to the environment, by name.</summary>
    public IEnumerable<string> Names => _defaults.Keys.Union(_overrides.Keys);

    public static LocalSettings Of(Arguments arguments, SimulatedApi? simulator) => new(
        arguments.Example is { } example ? LocalDefaults.Example(example)
        : simulator is null ? LocalDefaults.Common
        : arguments.Demo ? LocalDefaults.Demo
        : LocalDefaults.Simulated,
        Overrides(arguments, simulator));

    public static LocalSettings ForSending(Arguments arguments) => new(LocalDefaults.Common, Overrides(arguments, null));

    public void AddTo(ConfigurationManager configuration)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _defaults });
        configuration.AddInMemoryCollection(_overrides);
    }

    private static Dictionary<string, string?> Overrides(Arguments arguments, SimulatedApi? simulator)
    {
        Dictionary<string, string?> settings = [];
        if (arguments is { Storage: { } storage, StorageIsMemory: false })
            settings["AzureWebJobsStorage"] = storage;
        if (arguments.Api is { } api)
            settings["Api:BaseUrl"] = api.ToString();
        if (simulator is not null)
        {
            settings["Api:BaseUrl"] = simulator.BaseAddress.ToString();
            settings["Api:StatusPageUrl"] = simulator.BaseAddress.ToString();
        }

        return settings;
    }
}
