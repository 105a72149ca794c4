using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Storage that fails while a dead letter that was sent back is claimed uses up no delivery, loses nothing, and lets no double through.</summary>
public sealed class RedriveClaimTests
{
    private static readonly DateTimeOffset s_dead = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private StorageManner _manner = StorageManner.Well;

    [Theory]
    [InlineData("read", StorageManner.Refused)]
    [InlineData("read", StorageManner.Lost)]
    [InlineData("replace", StorageManner.Refused)]
    [InlineData("replace", StorageManner.Lost)]
    [InlineData("replace", StorageManner.Leased)]
    [InlineData("replace", StorageManner.Unanswered)]
    public async Task Claim_that_fails_waits_and_is_called_once(string verb, StorageManner manner)
    {
        await using TestCourier courier = await CreateAsync(verb);
        await PostAsync(courier);
        await PostAsync(courier);
        _manner = manner;

        await courier.ProcessForAsync(TimeSpan.FromSeconds(231));

        Assert.Equal(manner == StorageManner.Unanswered ? 1 : 0, courier.Calls.Count);
        _manner = StorageManner.Well;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(1));
        Assert.Single(courier.Calls);
        Assert.Single(await courier.ResultsAsync());
        Assert.Equal(0, await courier.WaitingAsync());
    }

    /// <summary>As <c>dead-letters redrive</c> sends it.</summary>
    private static Task PostAsync(TestCourier courier) =>
        courier.PostAsync($$$"""{"id":"a","method":"POST","path":"/a","delivery":{"attempt":0,"deadLettered":["{{{s_dead:O}}}"],"unclaimed":true}}""");

    private async Task<TestCourier> CreateAsync(string verb)
    {
        FakeClock clock = new();
        TestCourier courier = TestCourier.Create(
            clock: clock, storage: new FaultyStorage(new InMemoryStorage(clock), clock, operation => operation.Verb == verb && operation.Blob?.StartsWith("redriven/", StringComparison.Ordinal) == true ? _manner : StorageManner.Well));
        await courier.Get<RedriveMarks>().PutAsync("a", new RedriveMark(s_dead, "run", s_dead), CancellationToken.None);
        return courier;
    }
}
