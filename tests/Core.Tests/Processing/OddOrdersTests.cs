using System.Text;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>Orders that nobody could have given.</summary>
public sealed class OddOrdersTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"pause":{},"cancelled":null}""")]
    [InlineData("""{"cancelled":[{"id":"r1","at":"9999-12-31T23:59:59Z"},null,{}]}""")]
    [InlineData("""{"pause":{"since":"9999-12-31T23:59:59Z","by":null}}""")]
    [InlineData("""{"pause":{"since":"0001-01-01T00:00:00Z"}}""")]
    public async Task Orders_that_are_odd_throw_nothing(string orders)
    {
        await using TestCourier courier = TestCourier.Create(settings: [new("Quota:Limit", "5000")]);
        await courier.Storage.State.WriteAsync("orders.json", Encoding.UTF8.GetBytes(orders), "application/json", Cancelled);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessForAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(1, await courier.WaitingAsync() + (await courier.ReasonsAsync()).Count);
    }
}
