using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

public sealed class StorageQueueTests(Azurite azurite) : MessageQueueContract
{
    protected override TimeProvider Time => TimeProvider.System;

    [Fact]
    public async Task Message_never_expires()
    {
        IMessageQueue queue = await QueueAsync("sent");
        QueueClient client = new(azurite.ConnectionString, queue.Name);

        PeekedMessage sent = await client.PeekMessageAsync(Cancelled);
        await queue.RenewAsync(await ReceiveAsync(queue), TimeSpan.Zero, Cancelled);
        PeekedMessage renewed = await client.PeekMessageAsync(Cancelled);

        Assert.Equal(9999, sent.ExpiresOn!.Value.Year);
        Assert.Equal(9999, renewed.ExpiresOn!.Value.Year);
    }

    [Fact]
    public async Task Message_has_the_sdk_s_text_as_it_is()
    {
        IMessageQueue queue = await QueueAsync();
        QueueClient client = new(azurite.ConnectionString, queue.Name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await client.SendMessageAsync("{}", Cancelled);

        Assert.Equal("e30=", Text(await ReceiveAsync(queue)));
    }

    [Fact]
    public async Task Missing_queue_is_made_when_it_is_needed()
    {
        Assert.Empty(await NewQueue().ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancelled));
        Assert.Equal(0, await NewQueue().CountAsync(Cancelled));
        IMessageQueue queue = NewQueue();

        await SendAsync(queue, "a");

        Assert.Equal("a", Text(await ReceiveAsync(queue)));
    }

    protected override IMessageQueue NewQueue() => azurite.Account().Queue(StorageFixture.NewName("queue"));

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancelled);
}
