using Courier.AzureStorage;
using Courier.AzureStorage.Tests;
using Courier.Contracts;
using Microsoft.Extensions.Options;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Courier.AzureStorage.Tests;

/// <summary>Access to the one emulator of this assembly; names are never used twice, so that all tests may run at once.</summary>
internal static class StorageFixture
{
    public static StorageAccount Account(this Azurite azurite) =>
        new(Options.Create(new StorageAccountOptions { ConnectionString = azurite.ConnectionString }));

    public static string NewName(string kind) => $"{kind}-{Guid.NewGuid():N}";
}
