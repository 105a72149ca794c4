using System.Text;
using Courier.Storage;

namespace Courier.Contracts;

/// <content>What a message may hold.</content>
public abstract partial class MessageQueueContract
{
    [Theory]
    [InlineData("""{"quotes":"\"'`","markup":"<a href=\"x\">&amp;</a> ]]> <![CDATA[ <!-- -->"}""")]
    [InlineData("""{"escaped":"\u0000\u0001\u001f\b\f\n\r\t\\ \ud83d\ude00"}""")]
    [InlineData("{\"other\":\"Grüße 東京 😀 👨‍👩‍👧 \u00a0\u2028\u2029\ufeff\ufffd\u007f\u0085\"}")]
    [InlineData("{\n\t\"pretty\" :\r\n  [ 1,\r 2 ]\r\n}\n")]
    [InlineData("  spaces around  ")]
    [InlineData("eyJtZXRob2QiOiJHRVQiLCJwYXRoIjoiLyJ9")]
    [InlineData("\uFEFF{}")]
    public async Task Body_comes_back_byte_for_byte(string text)
    {
        IMessageQueue queue = await QueueAsync(text);

        QueuedMessage message = await ReceiveAsync(queue);

        Assert.Equal(Encoding.UTF8.GetBytes(text), message.Body.ToArray());
    }

    // ASCII only: the emulator decodes each chunk of a request by itself, and so spoils a character that two chunks share.
    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('<')]
    public async Task Body_may_have_64_KiB_and_not_a_byte_more(char filling)
    {
        IMessageQueue queue = await QueueAsync();
        string longest = new(filling, MessageSize.Limit);

        await SendAsync(queue, longest);
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(queue, longest + "a"));

        Assert.Equal(longest, Text(await ReceiveAsync(queue)));
        Assert.Equal(1, await queue.CountAsync(Cancelled));
    }
}
