using Courier.Messages;
using Courier.Origin;

namespace Courier.Tests.Messages;

/// <summary>Where a page stands in its list.</summary>
public sealed class PageStateTests
{
    private static readonly Uri s_first = TestMessages.CreateEnvelope().Request.Target;
    private static readonly Uri s_second = new("https://api.test/2");
    private static readonly Uri s_third = new("https://api.test/3");

    [Fact]
    public void Each_page_knows_its_number_and_all_before_it()
    {
        PageState first = PageState.Of(TestMessages.CreateEnvelope());
        PageState second = first.Next(s_second);

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal((TestMessages.Posted, TestMessages.Posted), (first.Begun, second.Begun));
        Assert.Equal([true, false, true, true, false], [first.HasSeen(s_first), first.HasSeen(s_second), second.HasSeen(s_first), second.HasSeen(s_second), second.HasSeen(s_third)]);
    }

    [Fact]
    public void Page_after_the_first_carries_its_state()
    {
        PageState second = PageState.Of(TestMessages.CreateEnvelope()).Next(s_second);
        Envelope page = TestMessages.CreateEnvelope();

        Assert.Same(second, PageState.Of(page with { Delivery = page.Delivery with { Page = second } }));
    }

    [Theory]
    [InlineData(1, false)] // the first page carries none
    [InlineData(2, true)]
    [InlineData(ApiOptions.MostPages, true)]
    [InlineData(ApiOptions.MostPages + 1, false)]
    public void List_has_so_many_pages_at_most(int number, bool isPlausible) =>
        Assert.Equal(isPlausible, new PageState(number, TestMessages.Posted, Convert.ToBase64String(new byte[8 * number])).IsPlausible);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void There_is_a_hash_for_each_page(int hashes) => Assert.False(new PageState(2, TestMessages.Posted, Convert.ToBase64String(new byte[8 * hashes])).IsPlausible);
}
