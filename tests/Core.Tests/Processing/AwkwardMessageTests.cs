using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Messages that are no requests, and hard to write down as dead letters.</summary>
public sealed class AwkwardMessageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Labels_of_a_malformed_message_stay_within_what_a_blob_can_have()
    {
        string long_ = new('語', 400);
        await using TestCourier courier = TestCourier.Create();
        await courier.PostAsync($$"""{"id":"r1","method":"{{long_}}","path":"{{long_}}","batch":"{{long_}}"}""");

        await courier.ProcessAsync();

        int found = 0;
        await foreach (ListedBlob blob in courier.Storage.DeadLetterRecords.ListLabelledAsync("", Cancelled))
        {
            found++;
            Assert.InRange(blob.Labels.Sum(label => label.Key.Length + label.Value.Length), 0, 8 * 1024);
        }

        Assert.Equal(1, found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cause_that_is_cut_within_a_character_is_still_written(int shift)
    {
        string names = string.Join(',', Enumerable.Range(0, 900).Select(i => $"\"{new string('x', i == 0 ? shift : 0)}😀😀{i}\":1"));
        await using TestCourier courier = TestCourier.Create();
        await courier.PostAsync($"{{{names}}}");

        await courier.ProcessAsync();

        Assert.Single(await courier.DeadLettersAsync());
    }
}
