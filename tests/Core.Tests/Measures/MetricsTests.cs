using System.Globalization;
using System.Net;
using Courier.Contracts;
using Courier.Watch;

namespace Courier.Tests.Measures;

/// <summary>What Courier measures, and that docs/telemetry.md says so.</summary>
[Collection(nameof(Listening))]
public sealed class MetricsTests
{
    private const string Id = "order-4711-of-acme";
    private const int Limit = 4711;
    private const string Path = "/portfolios/very-private/companies";

    [Fact]
    public async Task Document_lists_every_metric_as_it_is()
    {
        await using TestCourier courier = CreateCourier();
        using Measured measured = new();
        await PassAsync(courier);

        Assert.Equal(MetricLine.Documented.OrderBy(line => line.Name, StringComparer.Ordinal), measured.Published.Select(MetricLine.Of).Distinct().OrderBy(line => line.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_metric_holds_an_id_or_a_path_nor_an_attribute_that_the_document_does_not_list()
    {
        await using TestCourier courier = CreateCourier();
        using Measured measured = new();
        await PassAsync(courier);

        Assert.All(measured.Values, value => Assert.All(value.Tags, tag => Assert.Contains(tag.Key, MetricLine.Attributes[value.Name])));
        Assert.DoesNotContain(measured.Values.SelectMany(value => value.Tags), tag => tag.Value?.ToString() is { } text && (text.Contains(Id, StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal)));
        Assert.Contains(measured.Values, value => value.Name == "courier.requests.settled");
        Assert.Contains(measured.Values, value => value is { Name: "courier.queue.depth", Number: 1 } && value.Tags.Any(tag => "dead-letters".Equals(tag.Value)));
    }

    [Fact]
    public async Task Gauges_that_concern_all_are_reported_by_one_instance_and_by_another_when_it_is_gone()
    {
        await using TestCourier first = CreateCourier();
        TestCourier second = first.Add();

        await LookAsync(first);
        await LookAsync(second);
        Assert.Equal([Limit], Limits());
        first.Clock.Advance(TimeSpan.FromSeconds(60));
        await LookAsync(second);
        await LookAsync(first);
        Assert.Equal([Limit], Limits());
        first.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Empty(Limits());
        await LookAsync(second);
        Assert.Equal([Limit], Limits());
    }

    private static Task LookAsync(TestCourier courier) => courier.Get<HealthWatch>().RunAsync(TestContext.Current.CancellationToken);

    private static TestCourier CreateCourier() => TestCourier.Create(
        new StubApi((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden))), settings: [new("Quota:Limit", Limit.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The limit as all instances together report it; other tests have other ones.</summary>
    private static double[] Limits()
    {
        using Measured measured = new();
        return [.. measured.Values.Where(value => value is { Name: "courier.quota.limit", Number: Limit }).Select(value => value.Number)];
    }

    private static async Task PassAsync(TestCourier courier)
    {
        await courier.Storage.EnsureExistsAsync(TestContext.Current.CancellationToken);
        await courier.PostAsync($$"""{"id":"{{Id}}","method":"GET","path":"{{Path}}"}""");
        await courier.ProcessAsync();
        await LookAsync(courier);
    }
}
