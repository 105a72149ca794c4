using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Quota;

/// <summary>Settings that are legal, and far from anything that somebody has in mind.</summary>
public sealed class ExtremeSettingsTests
{
    [Theory]
    [InlineData("1000000000", "0.001", "01:00:00", "0")]
    [InlineData("1000000000", "0.001", "01:00:00", "0.9")]
    [InlineData("1000000000", "0.003", "31.00:00:00", "0")]
    [InlineData("1000000000", "0.003", "31.00:00:00", "0.9")]
    [InlineData("1000000000", "1000000", "00:00:01", "0")]
    [InlineData("1000000000", "1000000", "00:00:01", "0.9")]
    [InlineData("2", "0.001", "00:00:01", "0")]
    [InlineData("2", "0.001", "00:00:01", "0.9")]
    [InlineData("2", "1000000", "31.00:00:00", "0")]
    [InlineData("2", "1000000", "31.00:00:00", "0.9")]
    [InlineData("1000000000", "0.01", "01:00:00", "0")]
    [InlineData("1000000000", "0.01", "01:00:00", "0.9")]
    public async Task Extreme_settings_let_requests_through(string limit, string rate, string window, string reserve)
    {
        FakeClock clock = new();
        CourierSetup setup = new() { Clock = clock, Storage = new InMemoryStorage(clock) };
        await using TestCourier courier = new(setup.With(("Quota:Limit", limit), ("Quota:Window", window), ("Quota:MaxRate", rate), ("Quota:Reserve", reserve), ("Quota:PriorityShare", "0.5")));
        for (int i = 0; i < 4; i++)
            await courier.PostAsync($$"""{"method":"GET","path":"/x{{i}}"{{(i == 3 ? ",\"priority\":\"high\"" : "")}}}""");

        for (int step = 0; step < 24 * 60; step++)
        {
            await courier.ProcessAsync();
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(window == "31.00:00:00" && limit == "2" ? (reserve == "0" ? 2 : 1) : 4, courier.Calls.Count);
    }
}
