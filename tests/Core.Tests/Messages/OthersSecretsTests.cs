using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Tests.Processing;

namespace Courier.Tests.Messages;

/// <summary>What a malformed message holds of somebody else's is shown by no dead letter.</summary>
public sealed class OthersSecretsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"method":"GET","path":"/x","headers":{"X-Api-Key":"other-secret-42"}""")] // no JSON: an end is missing
    [InlineData("""{"method":"GET","path":"/x","headers":"X-Api-Key: other-secret-42"}""")]
    [InlineData("""{"method":"X-Api-Key: other-secret-42","path":"/x"}""")]
    [InlineData("""{"method":"GET","path":"/x","note":["X-Api-Key: other-secret-42"]}""")]
    [InlineData("""curl -H "X-Api-Key: other-secret-42" https://api.test/x""")]
    public async Task Key_of_somebody_else_in_the_keys_own_header_is_not_shown(string message)
    {
        await using TestCourier courier = TestCourier.Create(settings: [new("Api:KeyHeader", "X-Api-Key"), new("Api:Scheme", "")]);
        await courier.PostAsync(message);

        await courier.ProcessAsync();

        Assert.Equal(["invalid-message"], await courier.ReasonsAsync());
        await courier.HasNowhereAsync("other-secret-42");
    }

    [Theory]
    [InlineData("""{"method":"get","path":"/x","body":{"headers":[{"name":"Authorization","value":"Token other-secret-42"}]}}""")]
    [InlineData("""{"method":"get","path":"/x","body":{"headers":["Authorization","Token other-secret-42"]}}""")]
    [InlineData("""{"method":"get","path":"/x","body":{"headers":[["Authorization","Token other-secret-42"]]}}""")]
    public async Task Authorization_by_name_and_value_is_not_shown(string message)
    {
        await using TestCourier courier = TestCourier.Create();
        await courier.PostAsync(message);

        await courier.ProcessAsync();

        Assert.Equal(["invalid-message"], await courier.ReasonsAsync());
        await courier.HasNowhereAsync("other-secret-42");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_in_a_message_in_utf_16_is_not_shown(bool isBigEndian)
    {
        await using TestCourier courier = TestCourier.Create();
        byte[] text = (isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetBytes($$"""{"method":"GET","path":"/x","body":"{{TestCourier.Key}}"}""");
        await courier.Storage.Requests.SendAsync(text, TimeSpan.Zero, Cancelled);

        await courier.ProcessAsync();

        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.DoesNotContain(TestCourier.Key, record.GetProperty("request").ToString().Replace("\0", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
