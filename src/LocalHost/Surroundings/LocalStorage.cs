using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.LocalHost.Surroundings;

/// <summary>Chooses the storage of a run: in memory, the one that is named or configured, or the emulator.</summary>
internal static class LocalStorage
{
    /// <returns>The emulator, when it is the one.</returns>
    public static async Task<StorageEmulator?> ChooseAsync(HostApplicationBuilder builder, Arguments arguments)
    {
        if (arguments.StorageIsMemory)
            builder.Services.AddSingleton<IStorage>(new InMemoryStorage(TimeProvider.System));
        IConfigurationSection given = builder.Configuration.GetSection("AzureWebJobsStorage");
        bool isElsewhere = arguments.Storage is not null || given.Value is not null || given.GetChildren().Any();
        return isElsewhere ? null : await StorageEmulator.EnsureAsync(TimeProvider.System, CancellationToken.None);
    }
}
