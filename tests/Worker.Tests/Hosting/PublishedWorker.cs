using Courier.Contracts;
using Courier.WorkerHost;

[assembly: AssemblyFixture(typeof(Courier.Worker.Tests.Hosting.PublishedWorker))]

namespace Courier.Worker.Tests.Hosting;

/// <summary>src/Functions, published once for all tests.</summary>
public sealed class PublishedWorker : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("courier-published-").FullName;

    public async ValueTask InitializeAsync() => await PublishedApp.PublishAsync(Repository.PathOf("src", "Functions"), Folder, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
