using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

/// <summary>The emulator's fixture itself.</summary>
public sealed class AzuriteTests
{
    [Fact]
    public async Task Emulator_with_a_data_folder_keeps_messages_and_blobs_over_a_restart()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using Azurite azurite = Azurite.WithDataFolder();
        await azurite.StartAsync();
        string connection = azurite.ConnectionString;
        IMessageQueue queue = azurite.Account().Queue("queue");
        IBlobContainer container = azurite.Account().Container("container");
        await queue.EnsureExistsAsync(cancelled);
        await container.EnsureExistsAsync(cancelled);
        await queue.SendAsync("kept"u8.ToArray(), TimeSpan.Zero, cancelled);
        await container.WriteAsync("kept", "kept"u8.ToArray(), "text/plain", cancelled);

        await azurite.StopAsync();
        await azurite.StartAsync();

        Assert.Equal(connection, azurite.ConnectionString);
        QueuedMessage message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), cancelled));
        StoredBlob? blob = await container.ReadAsync("kept", cancelled);
        Assert.Equal("kept"u8, message.Body.Span);
        Assert.Equal("kept"u8, blob!.Content.Span);
    }
}
