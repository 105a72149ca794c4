using System.Text.Json;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>A claim check proves that it belongs to its message, and two lists under one id are two lists.</summary>
public sealed class ForgedClaimTests
{
    [Theory]
    [InlineData("")]
    [InlineData(""","claimDigest":"0000000000000000000000000000000000000000000000000000000000000000" """)]
    public async Task Forged_claim_neither_runs_nor_empties_the_request_of_another(string digest)
    {
        await using TestCourier courier = TestCourier.Create();
        await courier.PostLargeAsync($$"""{"id":"r1","method":"DELETE","path":"/x","body":"{{new string('a', 60_000)}}"}""");
        string blob = Assert.Single(await courier.Storage.RequestBodies.ListAsync("", CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));
        Courier.Storage.QueuedMessage genuine = await courier.TakeAsync();
        await courier.PostAsync($$"""{"id":"forged","delivery":{"claimCheck":"{{blob}}"{{digest}}} }""");

        await courier.ProcessAsync();

        Assert.Empty(courier.Calls);
        Assert.Equal(["invalid-message"], await courier.ReasonsAsync());
        await courier.ProcessAsync(genuine);
        Assert.Equal("r1", Assert.Single(await courier.ResultsAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Two_lists_under_one_id_in_the_same_second_are_two_lists()
    {
        PagedApi api = new(pages: 3);
        await using TestCourier courier = TestCourier.Create(api.Network);
        foreach (int _ in new[] { 1, 2 })
            await courier.PostAsync("""{"id":"r1","method":"GET","path":"/list","paginate":true}""");

        await courier.ProcessAsync();

        List<JsonElement> results = await courier.ResultsAsync();
        Assert.Equal(["r1", "r1", "r1~2", "r1~2", "r1~3", "r1~3"], results.Select(result => result.GetProperty("id").GetString()).Order());
    }
}
