using System.Text;
using Courier.Contracts;

namespace Courier.Tests.Messages;

/// <summary>What is wrong with a message that a sender means to post: each fault once, and none where there is none.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("""{"method":5,"path":"/x"}""", "`method` is 5: it must be a string.")]
    [InlineData("""{"method":"GET","path":5}""", "`path` is 5: it must be a string.")]
    [InlineData("""{"method":"GET","path":"/x","id":"KEY"}""", "`id` holds the API key, or another secret; change it.")]
    [InlineData("""{"method":"GET","path":"/x","batch":"KEY"}""", "`batch` holds the API key, or another secret; change it.")]
    [InlineData("""{"method":"GET","path":"/x","notBefore":"2026-01-02T08:00:00Z","expiresAt":"2026-01-02T08:00:00Z"}""", "`notBefore` is not before `expiresAt`, so the request would never be called; change one of them.")]
    [InlineData("""{"method":"GET","path":"/x","notBefore":"2027-01-02T08:00:00.001Z"}""", "`notBefore` is more than a year ahead; write an earlier moment, and post the request again later if need be.")]
    public void Fault_is_named(string message, string problem) => Assert.Equal([problem], Problems(message));

    [Theory]
    [InlineData("""{"method":"GET","path":"/x","priority":"normal"}""")]
    [InlineData("""{"method":"GET","path":"/x","notBefore":"2026-01-02T08:00:00Z","expiresAt":"2026-01-02T08:00:01Z"}""")]
    [InlineData("""{"method":"GET","path":"/x","notBefore":"2027-01-02T08:00:00Z"}""")] // 366 days from its posting
    public void Nothing_is_wrong(string message) => Assert.Empty(Problems(message));

    private static IReadOnlyList<string> Problems(string message) =>
        TestMessages.CreateReader().Problems(Encoding.UTF8.GetBytes(message.Replace("KEY", TestCourier.Key, StringComparison.Ordinal)), TestMessages.Posted);
}
