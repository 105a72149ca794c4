using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

public sealed class ScheduleTests(Azurite azurite) : ScheduleContract
{
    protected override IStorage NewStorage(TimeProvider time) => new OwnNames(azurite.Account(), StorageFixture.NewName("s"));

    /// <summary>The emulator's account is shared, and the names of the containers are fixed.</summary>
    private sealed class OwnNames(IStorage storage, string prefix) : IStorage
    {
        public IMessageQueue Queue(string name) => storage.Queue($"{prefix}-{name}");

        public IBlobContainer Container(string name) => storage.Container($"{prefix}-{name}");
    }
}
