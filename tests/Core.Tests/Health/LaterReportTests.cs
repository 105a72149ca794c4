using System.Text;
using Courier.Contracts;
using Courier.Health;

namespace Courier.Tests.Health;

/// <summary>Reports of instances that are newer than this one.</summary>
public sealed class LaterReportTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_of_a_later_version_is_left_alone()
    {
        await using TestCourier courier = TestCourier.Create();
        string report = $$"""{"instance":"later","at":"{{courier.Now:O}}","buckets":[],"failedCalls":[],"deadLetters":[],"version":2}""";
        await courier.Storage.State.WriteAsync("health/later.json", Encoding.UTF8.GetBytes(report), "application/json", Cancelled);

        await courier.Get<HealthReports>().ReadAsync(Cancelled);

        Assert.NotNull(await courier.Storage.State.ReadAsync("health/later.json", Cancelled));
    }
}
