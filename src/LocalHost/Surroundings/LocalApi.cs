using Courier.ApiSimulator;
using Courier.LocalHost.Examples;
using Courier.LocalHost.Terminal;
using Microsoft.Extensions.Hosting;

namespace Courier.LocalHost.Surroundings;

/// <summary>Chooses the API of a run: the one that is named or configured, or a simulated one.</summary>
internal static class LocalApi
{
    /// <returns>The simulated API, when it is the one.</returns>
    public static async Task<SimulatedApi?> ChooseAsync(HostApplicationBuilder builder, Arguments arguments)
    {
        bool isElsewhere = arguments.Api is not null || !string.IsNullOrEmpty(builder.Configuration["Api:BaseUrl"]);
        if (isElsewhere && arguments.Example is null)
            return null;
        SimulatorOptions options = new() { Port = Banner.SimulatorPort };
        if (arguments.Example is not null)
            options = options with { Companies = PortfolioExample.Companies };
        if (builder.Configuration["Api:Key"] is { Length: > 0 } key)
            options = options with { Key = key };
        SimulatedApi api = await StartAsync(options);
        foreach (Fault fault in arguments.Example is null ? [] : PortfolioExample.Faults)
            api.Script(fault);
        return api;
    }

    private static async Task<SimulatedApi> StartAsync(SimulatorOptions options)
    {
        try
        {
            return await SimulatedApi.StartAsync(options);
        }
        catch (IOException)
        {
            return await SimulatedApi.StartAsync(options with { Port = 0 }); // another run has the usual port
        }
    }
}
