using System.Text;
using Courier.Storage;

namespace Courier.Contracts;

/// <summary>What every <see cref="IMessageQueue"/> does. How time passes is the implementation's affair: a fake clock's in memory, the real one's on the emulator.</summary>
public abstract partial class MessageQueueContract
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    protected abstract TimeProvider Time { get; }

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A queue that no other test uses; it need not exist yet.</summary>
    protected abstract IMessageQueue NewQueue();

    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task All_messages_are_delivered_once_in_whatever_order()
    {
        IMessageQueue queue = await QueueAsync();
        string[] sent = [.. Enumerable.Range(0, 40).Select(number => $"message {number}")];
        foreach (string text in sent)
            await SendAsync(queue, text);

        List<QueuedMessage> received = [];
        while (await queue.ReceiveAsync(32, s_long, Cancelled) is { Count: > 0 } some)
            received.AddRange(some);

        Assert.Equal(sent.Order(), received.Select(Text).Order());
        Assert.Equal(40, received.DistinctBy(message => message.Id).Count());
        Assert.All(received, message => Assert.Equal(1, message.DequeueCount));
    }

    [Fact]
    public async Task No_more_messages_come_than_asked_for()
    {
        IMessageQueue queue = await QueueAsync("a", "b", "c");

        Assert.Equal(2, (await queue.ReceiveAsync(2, s_long, Cancelled)).Count);
        Assert.Single(await queue.ReceiveAsync(2, s_long, Cancelled));
        Assert.Empty(await queue.ReceiveAsync(2, s_long, Cancelled));
    }

    [Fact]
    public async Task Message_tells_when_it_was_inserted()
    {
        DateTimeOffset before = Time.GetUtcNow();
        IMessageQueue queue = await QueueAsync("a");

        QueuedMessage message = await ReceiveAsync(queue);

        Assert.InRange(message.InsertedOn, before.AddSeconds(-1), Time.GetUtcNow()); // services tell it in whole seconds
    }

    [Fact]
    public async Task Delayed_message_is_never_early_even_by_a_part_of_a_second()
    {
        TimeSpan delay = TimeSpan.FromSeconds(1.4);
        IMessageQueue queue = await QueueAsync();
        long start = Time.GetTimestamp();
        await SendAsync(queue, "later", delay);

        QueuedMessage message = await AwaitAsync(queue);

        Assert.True(Time.GetElapsedTime(start) >= delay, $"came after {Time.GetElapsedTime(start)}");
        Assert.Equal(1, message.DequeueCount);
    }

    [Fact]
    public async Task Longest_delay_is_seven_days()
    {
        IMessageQueue queue = await QueueAsync();

        await SendAsync(queue, "next week", TimeSpan.FromDays(7));

        Assert.Empty(await queue.ReceiveAsync(1, s_long, Cancelled));
        Assert.Equal(1, await queue.CountAsync(Cancelled));
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(queue, "later still", TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Leased_message_is_hidden_and_comes_back_when_the_lease_ends()
    {
        TimeSpan lease = TimeSpan.FromSeconds(1);
        IMessageQueue queue = await QueueAsync("a");
        long start = Time.GetTimestamp();
        QueuedMessage first = Assert.Single(await queue.ReceiveAsync(1, lease, Cancelled));

        QueuedMessage second = await AwaitAsync(queue);

        Assert.True(Time.GetElapsedTime(start) >= lease, $"came back after {Time.GetElapsedTime(start)}");
        Assert.Equal((first.Id, first.InsertedOn, "a", 2), (second.Id, second.InsertedOn, Text(second), second.DequeueCount));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public async Task Lease_that_ended_is_kept_until_somebody_else_takes_the_message()
    {
        IMessageQueue queue = await QueueAsync("a");
        QueuedMessage message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancelled));
        await PassAsync(TimeSpan.FromSeconds(1.1));

        QueuedMessage? renewed = await queue.RenewAsync(message, s_long, Cancelled);
        await queue.DeleteAsync(renewed!, Cancelled);

        Assert.Equal(0, await queue.CountAsync(Cancelled));
    }

    [Fact]
    public async Task Dequeue_count_grows_with_each_delivery()
    {
        IMessageQueue queue = await QueueAsync("a");

        for (int delivery = 1; delivery <= 4; delivery++)
        {
            QueuedMessage message = await ReceiveAsync(queue);
            Assert.Equal(delivery, message.DequeueCount);
            await queue.RenewAsync(message, TimeSpan.Zero, Cancelled);
        }
    }

    [Fact]
    public async Task Renewal_keeps_the_message_and_gives_a_new_receipt()
    {
        IMessageQueue queue = await QueueAsync("""{"text":"<é & 😀>"}""");
        QueuedMessage first = await ReceiveAsync(queue);

        QueuedMessage? renewed = await queue.RenewAsync(first, TimeSpan.Zero, Cancelled);

        Assert.Equal((first.Id, Text(first), first.DequeueCount), (renewed!.Id, Text(renewed), renewed.DequeueCount));
        Assert.NotEqual(first.Receipt, renewed.Receipt);
        QueuedMessage again = await ReceiveAsync(queue);
        Assert.Equal((first.Id, Text(first)), (again.Id, Text(again)));
    }

    [Fact]
    public async Task Renewed_lease_outlasts_the_first()
    {
        IMessageQueue queue = await QueueAsync("a");
        QueuedMessage message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancelled));

        await queue.RenewAsync(message, s_long, Cancelled);
        await PassAsync(TimeSpan.FromSeconds(1.1));

        Assert.Empty(await queue.ReceiveAsync(1, s_long, Cancelled));
    }

    [Fact]
    public async Task Lost_lease_can_neither_renew_nor_delete()
    {
        IMessageQueue queue = await QueueAsync("a");
        QueuedMessage lost = await ReceiveAsync(queue);
        QueuedMessage? released = await queue.RenewAsync(lost, TimeSpan.Zero, Cancelled);
        QueuedMessage held = await ReceiveAsync(queue);

        Assert.Null(await queue.RenewAsync(lost, s_long, Cancelled));
        Assert.Null(await queue.RenewAsync(released!, s_long, Cancelled));
        await queue.DeleteAsync(lost, Cancelled);
        await queue.DeleteAsync(released!, Cancelled);

        Assert.Equal(1, await queue.CountAsync(Cancelled));
        Assert.NotNull(await queue.RenewAsync(held, s_long, Cancelled));
    }

    [Fact]
    public async Task Deleted_message_is_gone_and_may_be_deleted_again()
    {
        IMessageQueue queue = await QueueAsync("a");
        QueuedMessage message = await ReceiveAsync(queue);

        await queue.DeleteAsync(message, Cancelled);

        Assert.Equal(0, await queue.CountAsync(Cancelled));
        Assert.Null(await queue.RenewAsync(message, TimeSpan.Zero, Cancelled));
        await queue.DeleteAsync(message, Cancelled);
    }

    [Fact]
    public async Task Count_includes_hidden_messages()
    {
        IMessageQueue queue = await QueueAsync("leased", "visible");
        await SendAsync(queue, "delayed", TimeSpan.FromDays(1));
        await ReceiveAsync(queue);

        Assert.Equal(3, await queue.CountAsync(Cancelled));
    }

    [Fact]
    public async Task Queue_that_exists_may_be_ensured_again()
    {
        IMessageQueue queue = await QueueAsync("a");

        await queue.EnsureExistsAsync(Cancelled);

        Assert.Equal("a", Text(await ReceiveAsync(queue)));
    }

    protected static string Text(QueuedMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    protected static Task SendAsync(IMessageQueue queue, string text, TimeSpan visibleAfter = default) =>
        queue.SendAsync(Encoding.UTF8.GetBytes(text), visibleAfter, Cancelled);

    protected static async Task<QueuedMessage> ReceiveAsync(IMessageQueue queue) => Assert.Single(await queue.ReceiveAsync(1, s_long, Cancelled));

    /// <summary>A queue that holds these messages.</summary>
    protected async Task<IMessageQueue> QueueAsync(params string[] messages)
    {
        IMessageQueue queue = NewQueue();
        await queue.EnsureExistsAsync(Cancelled);
        foreach (string message in messages)
            await SendAsync(queue, message);
        return queue;
    }

    /// <summary>Lets time pass until a message is there.</summary>
    private async Task<QueuedMessage> AwaitAsync(IMessageQueue queue)
    {
        for (long start = Time.GetTimestamp(); Time.GetElapsedTime(start) < TimeSpan.FromSeconds(20); await PassAsync(TimeSpan.FromSeconds(0.1)))
        {
            if (await queue.ReceiveAsync(1, s_long, Cancelled) is [var message])
                return message;
        }

        throw new TimeoutException("No message became visible in 20 seconds.");
    }
}
