using Courier.Storage;

namespace Courier.Contracts;

/// <summary>Looking at a queue without taking anything from it.</summary>
public abstract partial class MessageQueueContract
{
    [Fact]
    public async Task Who_looks_takes_nothing()
    {
        IMessageQueue queue = await QueueAsync("a");
        await queue.SendAsync("hidden"u8.ToArray(), s_long, Cancelled);

        QueuedMessage? seen = await queue.PeekAsync(Cancelled);
        QueuedMessage taken = Assert.Single(await queue.ReceiveAsync(2, s_long, Cancelled));

        Assert.Equal(("a", 0), (Text(seen!), seen!.DequeueCount));
        Assert.Equal((seen.Id, 1), (taken.Id, taken.DequeueCount));
        Assert.Null(await queue.PeekAsync(Cancelled));
    }

    [Fact]
    public async Task Who_looks_at_several_sees_those_that_are_visible_and_no_more_than_asked_for()
    {
        IMessageQueue queue = await QueueAsync("a", "b", "c");
        await queue.SendAsync("hidden"u8.ToArray(), s_long, Cancelled);

        Assert.Equal(["a", "b", "c"], (await queue.PeekAsync(32, Cancelled)).Select(Text).Order());
        Assert.Equal(2, (await queue.PeekAsync(2, Cancelled)).Count);
    }
}
