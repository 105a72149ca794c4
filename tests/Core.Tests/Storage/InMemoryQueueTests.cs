using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Storage;

public sealed class InMemoryQueueTests : MessageQueueContract
{
    private readonly FakeClock _clock = new();

    protected override TimeProvider Time => _clock;

    [Fact]
    public async Task Message_never_expires()
    {
        IMessageQueue queue = await QueueAsync("a");

        await PassAsync(TimeSpan.FromDays(3650));

        Assert.Equal("a", Text(await ReceiveAsync(queue)));
    }

    [Fact]
    public async Task Delayed_message_comes_on_time()
    {
        IMessageQueue queue = await QueueAsync();
        await SendAsync(queue, "a", TimeSpan.FromHours(1));

        await PassAsync(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancelled));
        await PassAsync(TimeSpan.FromTicks(1));

        Assert.Equal("a", Text(await ReceiveAsync(queue)));
    }

    [Fact]
    public async Task Limit_is_counted_in_bytes()
    {
        IMessageQueue queue = await QueueAsync();
        string longest = string.Concat(Enumerable.Repeat("😀", MessageSize.Limit / 4));

        await SendAsync(queue, longest);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SendAsync(queue, longest + "é"));

        Assert.Equal(longest, Text(await ReceiveAsync(queue)));
    }

    [Fact]
    public async Task Message_keeps_its_own_copy_of_the_body()
    {
        IMessageQueue queue = await QueueAsync();
        byte[] body = "before"u8.ToArray();
        await queue.SendAsync(body, TimeSpan.Zero, Cancelled);

        body[0] = (byte)'B';

        Assert.Equal("before", Text(await ReceiveAsync(queue)));
    }

    [Fact]
    public async Task Concurrent_receivers_never_get_the_same_message()
    {
        IMessageQueue queue = await QueueAsync([.. Enumerable.Range(0, 400).Select(number => $"{number}")]);

        QueuedMessage[][] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TakeAllAsync(queue))));

        Assert.Equal(400, taken.SelectMany(messages => messages).DistinctBy(message => message.Id).Count());
        Assert.Equal(400, taken.Sum(messages => messages.Length));
    }

    protected override IMessageQueue NewQueue() => new InMemoryStorage(_clock).Queue("queue");

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    private static async Task<QueuedMessage[]> TakeAllAsync(IMessageQueue queue)
    {
        List<QueuedMessage> taken = [];
        while (await queue.ReceiveAsync(3, TimeSpan.FromMinutes(1), Cancelled) is { Count: > 0 } some)
            taken.AddRange(some);
        return [.. taken];
    }
}
