using System.Text;
using Courier.Messages;

namespace Courier.Tests.Messages;

/// <summary>A <c>delivery</c> that Courier did not write, or wrote with a fault: what is wrong with it, where.</summary>
public sealed class StrangeDeliveryTests
{
    private const string LeaveOut = "; leave `delivery` out, it is Courier's own.";

    private static readonly string s_long = new('a', 129);

    [Theory]
    [InlineData("""{"deadLettered":[5]}""", "`delivery.deadLettered` must hold moments")]
    [InlineData("""{"deadLettered":["yesterday"]}""", "`delivery.deadLettered` must hold moments")]
    [InlineData("""{"history":[5]}""", "`delivery.history` must hold objects")]
    [InlineData("""{"history":[{"tries":[5]}]}""", "`delivery.history.tries` must hold objects")]
    [InlineData("""{"list":"0123"}""", "`delivery.list` is no list of Courier's")]
    [InlineData("""{"list":"0123456789abcdef0"}""", "`delivery.list` is no list of Courier's")]
    [InlineData("""{"list":"0123456789abcdeF"}""", "`delivery.list` is no list of Courier's")]
    [InlineData("""{"list":"../3456789abcdef"}""", "`delivery.list` is no list of Courier's")]
    [InlineData("""{"claimCheck":"r1.txt"}""", "`delivery.claimCheck` is no blob name of Courier's")]
    [InlineData("""{"claimCheck":"a/r1.json"}""", "`delivery.claimCheck` is no blob name of Courier's")]
    [InlineData("""{"claimCheck":".."}""", "`delivery.claimCheck` is no blob name of Courier's")]
    [InlineData("""{"page":{"number":2}}""", "`delivery.page` is no page of Courier's")]
    public void What_is_not_of_courier_is_named(string delivery, string problem) => Assert.Equal([problem + LeaveOut], Problems(delivery));

    [Theory]
    [InlineData("{'traceparent':'LONG'}", "traceparent")]
    [InlineData("{'claimDigest':'LONG'}", "claimDigest")]
    [InlineData("{'claimant':'LONG'}", "claimant")]
    [InlineData("{'slot':1,'seal':'LONG'}", "seal")]
    [InlineData("{'history':[{'outcome':'LONG'}]}", "history")]
    [InlineData("{'history':[{'tries':[{'failure':'LONG'}]}]}", "history")]
    public void Text_that_is_too_long_is_named(string delivery, string field)
    {
        delivery = delivery.Replace('\'', '"');

        Assert.Equal([$"`delivery.{field}` holds a text that is too long{LeaveOut}"], Problems(delivery.Replace("LONG", s_long, StringComparison.Ordinal)));
        Assert.Empty(Problems(delivery.Replace("LONG", s_long[1..], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"attempt":"x"}""", "`delivery.attempt` is \"x\": it must be a whole number, zero or more.")]
    [InlineData("""{"history":[{"at":5}]}""", "`delivery.history.at` is 5: it must be an ISO 8601 date and time like 2026-01-31T12:00:00Z.")]
    [InlineData("""{"history":[{"tries":[{"sent":5}]}]}""", "`delivery.history.tries.sent` is 5: it must be true or false, without quotes.")]
    public void Field_of_another_kind_is_named_with_its_place(string delivery, string problem) => Assert.Equal([problem], Problems(delivery));

    [Theory]
    [InlineData("-1", null)]
    [InlineData("0", 0L)]
    [InlineData("315359999999999999", 315_359_999_999_999_999)]
    [InlineData("315360000000000000", null)] // about the year 2970
    [InlineData("1e30", null)]
    [InlineData("\"7\"", null)]
    public void Slot_is_a_number_that_a_ledger_may_have_given(string slot, long? number)
    {
        Delivery delivery = Read($$"""{"slot":{{slot}}}""");

        Assert.Equal(number, delivery.Slot?.Number);
    }

    [Fact]
    public void What_is_left_out_is_what_a_new_message_has()
    {
        Delivery delivery = Read("""{"history":[{}]}""");

        Assert.Equal(new CallRecord(TestMessages.Posted, "", null, 0), Assert.Single(delivery.History));
        Assert.Equal(new Delivery { FirstSeenAt = TestMessages.Posted }, delivery with { History = [] });
        Assert.False(delivery.IsUnclaimed);
    }

    private static IReadOnlyList<string> Problems(string delivery) =>
        TestMessages.CreateReader().Problems(Encoding.UTF8.GetBytes($$"""{"method":"GET","path":"/x","delivery":{{delivery}}}"""), TestMessages.Posted);

    private static Delivery Read(string delivery) => TestMessages.Request($$"""{"method":"GET","path":"/x","delivery":{{delivery}}}""").Delivery;
}
