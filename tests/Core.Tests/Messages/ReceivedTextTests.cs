using System.Text.Json;
using Courier.Messages;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Messages;

/// <summary>A malformed message as its dead letter shows it: the sender's own, without what may be a credential and without Courier's state.</summary>
public sealed class ReceivedTextTests
{
    private const string Hex = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Theory]
    [InlineData("""{"method":1,"delivery":{"attempt":1}}""", """{"method":1}""")]
    [InlineData("""{"method":1,"headers":["Accept: text/csv"]}""", """{"method":1,"headers":"[removed]"}""")]
    [InlineData("""{"method":1,"x-api-key":"mine","body":{"X-Api-Key":"mine","a":2}}""", """{"method":1,"body":{"a":2}}""")]
    [InlineData("""{"method":1,"body":[1.50,[true,null],"authorization: mine"]}""", """{"method":1,"body":[1.50,[true,null],"[removed]"]}""")]
    public void Senders_own_is_shown(string message, string shown) => Assert.Equal(shown, Read(message).Received.GetRawText());

    /// <summary>Taken out, it would leave a message that is valid: and not the sender's.</summary>
    [Fact]
    public void Secret_that_alone_makes_a_message_invalid_is_named_without_it()
    {
        Reading.Malformed malformed = Read($$$"""{"method":"GET","path":"/x","delivery":{"traceparent":"00-{{{Hex}}}-00f067aa0ba902b7-01"}}""");

        Assert.Equal("The message holds the API key, or another secret, where it makes it invalid; remove it, Courier adds the key itself.", malformed.Why);
        Assert.DoesNotContain(Hex, malformed.Received.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, malformed.Received.ValueKind);
    }

    private static Reading.Malformed Read(string message) => Assert.IsType<Reading.Malformed>(
        new EnvelopeReader(Options.Create(new ApiOptions { BaseUrl = new Uri("https://api.test"), Key = Hex, KeyHeader = "X-Api-Key" })).Read(TestMessages.CreateMessage(message)));
}
