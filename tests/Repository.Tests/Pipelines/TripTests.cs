using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.RoundTrip;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pipelines;

/// <summary><c>./dev roundtrip</c>: each posted message is accounted for.</summary>
public sealed class TripTests
{
    private readonly CourierStorage _storage = new(new InMemoryStorage(TimeProvider.System), Options.Create(new QueueOptions()));

    [Fact]
    public async Task Every_message_with_an_outcome_is_accounted_for_and_others_are_left()
    {
        await _storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        await SendAsync(_storage.Results, """{"id":"somebody-else-s"}""");
        Task<Account> trip = new Trip(_storage, TimeProvider.System).RunAsync(new Order { Messages = 40 }, TestContext.Current.CancellationToken);

        await AnswerAsync(40, number => number % 4 == 0);
        Account account = await trip;

        Assert.Empty(account.Missing);
        Assert.Equal("40 posted: 10 × dead letter (expired), 30 × result, 0 missing, 0 repeated.", account.ToString());
        Assert.Equal(1, await _storage.Results.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await _storage.DeadLetters.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Message_without_an_outcome_is_missing_when_the_time_is_over()
    {
        await _storage.EnsureExistsAsync(TestContext.Current.CancellationToken);

        Account account = await new Trip(_storage, TimeProvider.System).RunAsync(new Order { Messages = 2, Within = TimeSpan.Zero }, TestContext.Current.CancellationToken);

        Assert.Equal(account.Posted, account.Missing.Order());
    }

    [Fact]
    public void Second_outcome_of_a_message_is_a_repetition_and_no_fault()
    {
        Account account = new(["a", "b"]);

        Assert.True(account.Enter("a", "result"));
        Assert.True(account.Enter("a", "result"));
        Assert.False(account.Enter("c", "result"));
        Assert.Equal("2 posted: 1 × result, 1 missing, 1 repeated.", account.ToString());
    }

    [Theory]
    [InlineData("--messages", "0")]
    [InlineData("--within", "soon")]
    [InlineData("--message", "[]")]
    [InlineData("--message", "{")]
    [InlineData("--messages")]
    [InlineData("--what", "ever")]
    public void Wrong_argument_is_refused(params string[] words) => Assert.Contains(words[0], Assert.Throws<FormatException>(() => Order.Parse(words)).Message, StringComparison.Ordinal);

    [Fact]
    public void Message_gets_the_id_of_its_place() =>
        Assert.Equal("""{"method":"GET","path":"/x","id":"n-1"}""", Encoding.UTF8.GetString(Order.Parse(["--message", """{"method":"GET","path":"/x"}"""]).MessageOf("n-1")));

    /// <summary>Stands in for Courier.</summary>
    private async Task AnswerAsync(int messages, Predicate<int> isRefused)
    {
        for (int answered = 0; answered < messages;)
        {
            foreach (QueuedMessage message in await _storage.Requests.ReceiveAsync(32, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken))
            {
                string id = JsonElement.Parse(message.Body.Span).GetProperty("id").GetString()!;
                if (isRefused(++answered))
                    await SendAsync(_storage.DeadLetters, $$"""{"id":"{{id}}","reason":"expired"}""");
                else
                    await SendAsync(_storage.Results, $$"""{"id":"{{id}}"}""");
                await _storage.Requests.DeleteAsync(message, TestContext.Current.CancellationToken);
            }
        }
    }

    private static Task SendAsync(IMessageQueue queue, string text) => queue.SendAsync(Encoding.UTF8.GetBytes(text), TimeSpan.Zero, TestContext.Current.CancellationToken);
}
