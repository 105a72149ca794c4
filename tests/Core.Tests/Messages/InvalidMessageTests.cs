using System.Text.Json;
using Courier.Contracts;
using Courier.Tests.Schemas;

namespace Courier.Tests.Messages;

/// <summary>Every hostile message ends as one dead letter that says what to change, and nothing is called.</summary>
public sealed class InvalidMessageTests
{
    public static TheoryData<string, string> Messages
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach ((string kind, Dictionary<string, (byte[], string)> messages) in HostileMessages.Kinds)
            {
                foreach (string name in messages.Keys)
                    rows.Add(kind, name);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Malformed_message_is_dead_lettered_uncalled(string kind, string name)
    {
        (byte[] text, string fragment) = HostileMessages.Find(kind, name);
        StubApi api = new();
        await using TestCourier courier = TestCourier.Create(api);
        await courier.Storage.Requests.SendAsync(text, TimeSpan.Zero, TestContext.Current.CancellationToken);

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        JsonElement doorbell = Assert.Single(await courier.DeadLettersAsync());
        foreach (JsonElement letter in new[] { record, doorbell })
        {
            Assert.Equal("invalid-message", letter.GetProperty("reason").GetString());
            string cause = letter.GetProperty("cause").GetString()!;
            Assert.Contains(fragment, cause, StringComparison.Ordinal);
            Assert.EndsWith(".", cause, StringComparison.Ordinal);
            Assert.NotEmpty(letter.GetProperty("remedies").EnumerateArray());
            Assert.Empty(Schema.Published("dead-letter").ErrorsAndUnknown(letter));
        }

        Assert.Equal(record.GetProperty("id").GetString(), doorbell.GetProperty("id").GetString());
        Assert.Empty(api.Sent);
        Assert.Empty(await courier.ResultsAsync());
        Assert.Equal(0, await courier.Storage.Requests.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Table_of_hostile_messages_is_whole() => Assert.InRange(Messages.Count, 180, int.MaxValue);
}
