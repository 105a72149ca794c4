using System.Text;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Answers that are hard to read or to keep: the call is made once all the same.</summary>
public sealed class AwkwardAnswerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_numbers_beyond_all_measure_do_not_make_the_call_again()
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, """{"entries":[],"total":5,"page":999999999999999,"size":999999999999999}"""));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/list","paginate":true}""");

        await courier.ProcessAsync(); // throws OverflowException: the message comes back, and is called again

        Assert.Single(courier.Calls);
        Assert.Equal(0, await courier.WaitingAsync());
    }

    [Theory]
    [InlineData("\uFFFF")]
    [InlineData("\uFFFE")]
    [InlineData("\u0001")]
    [InlineData("\u007F\u0085")]
    public async Task Characters_that_xml_cannot_carry_are_escaped(string odd)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, "\"" + (odd[0] < ' ' ? "\\u0001" : odd) + "\""));
        await courier.PostAsync($$$"""{"id":"r1","method":"GET","path":"/x","metadata":{"{{{(odd[0] < ' ' ? "\\u0001" : odd)}}}":1}}""");

        await courier.ProcessAsync();

        QueuedMessage message = Assert.Single(await courier.Storage.Results.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancelled));
        Assert.All(Encoding.UTF8.GetString(message.Body.Span), c => Assert.True(System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
    }

    [Theory]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) - 1)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(48 * 1024)]
    [InlineData(64 * 1024)]
    public async Task Sizes_at_the_limits_with_deep_and_huge_metadata_are_called_once(int size)
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 57)) + "1" + new string('}', 57);
        foreach (int metadata in new[] { 10, 14_000, 16_300, 47_000 })
        {
            await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, $"\"{new string('<', size - 2)}\""));
            await courier.PostLargeAsync($$"""{"id":"r1","method":"GET","path":"/x","metadata":{"deep":{{deep}},"x":"{{new string('"', metadata).Replace("\"", "\\\"")}}"} }""");

            await courier.ProcessAsync();

            Assert.Single(courier.Calls);
            Assert.Single(await courier.ResultsAsync());
            Assert.Empty(await courier.RecordsAsync());
        }
    }

    [Theory]
    [InlineData(101)]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(206)]
    [InlineData(304)]
    [InlineData(599)]
    [InlineData(600)]
    [InlineData(999)]
    public async Task Odd_statuses_are_called_once(int status)
    {
        foreach (string fields in new[] { "", ",\"paginate\":true", ",\"headers\":{\"If-None-Match\":\"x\"}" })
        {
            await using TestCourier courier = TestCourier.Create(TestAnswers.Always(status, "", null, ("Link", "</y>; rel=next")));
            await courier.PostAsync($$"""{"id":"r1","method":"GET","path":"/x"{{fields}}}""");
            Assert.Equal(1, await courier.Clock.RunAsync(async () =>
            {
                await courier.ProcessAsync(await courier.TakeAsync());
                return 1;
            }));
            Assert.Single(courier.Calls);
        }
    }

    [Theory]
    [InlineData(998)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(8190)]
    public async Task Message_that_is_cut_within_a_character_is_still_written(int before)
    {
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, new string('x', before) + "😀😀", "text/plain"));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        Assert.Single(await courier.DeadLettersAsync());
        Assert.Equal(["bad-request"], await courier.ReasonsAsync());
    }
}
