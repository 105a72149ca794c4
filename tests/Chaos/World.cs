using Courier.ApiSimulator;
using Courier.AzureStorage;
using Courier.Storage;
using Courier.WorkerHost;
using Microsoft.Extensions.Options;

namespace Courier.Chaos;

/// <summary>The emulator, two proxies before it, the API, and the processes between them.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly Azurite _emulator;
    private readonly FaultProxy[] _proxies;
    private readonly string _folder;

    private World(Azurite emulator, FaultProxy[] proxies, SimulatedApi api, CourierStorage storage, StorageTrouble trouble, string folder) =>
        (_emulator, _proxies, Api, Storage, Trouble, _folder) = (emulator, proxies, api, storage, trouble, folder);

    public SimulatedApi Api { get; }

    /// <summary>Past the proxies: what the run itself asks goes well.</summary>
    public CourierStorage Storage { get; }

    public StorageTrouble Trouble { get; }

    public List<Victim> Victims { get; } = [];

    public static async Task<World> CreateAsync(Plan plan)
    {
        string folder = Directory.CreateTempSubdirectory("courier-chaos-").FullName;
        await PublishedApp.PublishAsync(Repository.PathOf("src", "Functions"), folder, CancellationToken.None);
        Azurite emulator = new();
        await emulator.StartAsync();
        CourierStorage storage = new(Account(emulator.ConnectionString), Options.Create(new QueueOptions()));
        await storage.EnsureExistsAsync(CancellationToken.None);
        SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions
        {
            Key = Mix.Key,
            QuotaLimit = Plan.QuotaLimit,
            QuotaWindow = Plan.QuotaWindow,
            MaxLoggedRequests = (plan.Requests * 10) + 10_000,
        });
        foreach (Fault fault in Mix.Lasting.Append(Mix.Slow))
            api.Script(fault);
        (StorageTrouble trouble, MessageBook messages) = (new StorageTrouble(plan), new MessageBook());
        string connection = emulator.ConnectionString;
        List<FaultProxy> proxies = [];
        foreach (string service in (string[])["BlobEndpoint", "QueueEndpoint"])
        {
            Uri target = new(connection.Split(';').Single(part => part.StartsWith(service, StringComparison.Ordinal)).Split('=', 2)[1]);
            FaultProxy proxy = await FaultProxy.StartAsync(target, trouble, messages, service == "QueueEndpoint");
            proxies.Add(proxy);
            connection = connection.Replace(target.Authority, proxy.Authority, StringComparison.Ordinal);
        }

        World world = new(emulator, [.. proxies], api, storage, trouble, folder);
        Dictionary<string, string> settings = Settings(connection, api.BaseAddress);
        LocalVictim local = new(connection, api.BaseAddress, settings);
        local.Start();
        world.Victims.Add(local);
        world.Victims.Add(await WorkerVictim.StartAsync(folder, settings));
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Victim victim in Victims)
            await victim.DisposeAsync();
        foreach (FaultProxy proxy in _proxies)
            await proxy.DisposeAsync();
        await Api.DisposeAsync();
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static StorageAccount Account(string connection) => new(Options.Create(new StorageAccountOptions { ConnectionString = connection }));

    private static Dictionary<string, string> Settings(string storage, Uri api) => new(TestSettings.Of(storage, api, Mix.Key))
    {
        ["Api__MaxResponseBytes"] = "100000",
        ["Routing__MaxRefusals"] = "2",
        ["Quota__Limit"] = Plan.QuotaLimit.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Quota__Window"] = Plan.QuotaWindow.ToString(),
        ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:03",
        ["AzureFunctionsJobHost__extensions__queues__maxPollingInterval"] = "00:00:00.500",
    };
}
