using Courier.ApiSimulator;
using Courier.LocalHost.Surroundings;
using Microsoft.Extensions.Configuration;

namespace Courier.LocalHost.Terminal;

/// <summary>The first lines of a run: what runs where.</summary>
internal static class Banner
{
    public const int SimulatorPort = 7171;

    public static void Write(Arguments arguments, StorageEmulator? emulator, SimulatedApi? simulator, IConfiguration configuration, string requestQueue)
    {
        string storage = arguments.StorageIsMemory ? "in memory; nothing outlives this process"
            : emulator is null ? "as configured"
            : emulator.WasStarted ? "emulator, started for this run (data in .azurite)"
            : "emulator, found running";
        Console.WriteLine($"""
            Courier, on this machine
              storage   {storage}
              API       {(simulator is null ? WithoutUser(configuration["Api:BaseUrl"]) : $"simulated, {simulator.BaseAddress} (GET /_requests shows what it was asked)")}
              queue     {requestQueue}
            """);
        if (arguments.Example is { } example)
            Console.WriteLine($"  example   {example}, src/LocalHost/Examples/{example}.json, with shortened waits; two pages fail at first, on purpose");
        else if (simulator is not null && arguments.Demo)
            Console.WriteLine("  waits     shortened for the samples (--no-demo for the real ones)");
        Console.WriteLine();
    }

    /// <summary>A user name or password in it is refused at start; until then it must not be shown.</summary>
    private static string? WithoutUser(string? address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length == 0 ? address : uri?.Host;
}
