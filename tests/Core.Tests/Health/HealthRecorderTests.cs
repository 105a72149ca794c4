using Courier.Alerts;
using Courier.Api;
using Courier.Contracts;
using Courier.Health;
using Courier.Processing;
using Courier.Routing;
using Courier.Tests.Processing;
using Courier.Tests.Watch;
using Courier.Watch;

namespace Courier.Tests.Health;

/// <summary>What an instance counts of its calls.</summary>
public sealed class HealthRecorderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(new[] { 200 }, 1, 0, 0)]
    [InlineData(new[] { 503, 503, 503, 503 }, 4, 4, 0)]
    [InlineData(new[] { 503, 408, 200 }, 3, 2, 0)]
    [InlineData(new[] { 503, 404 }, 2, 1, 1)]
    [InlineData(new[] { 404 }, 1, 0, 1)]
    [InlineData(new[] { 429 }, 1, 0, 0)]
    [InlineData(new[] { 503, 429 }, 2, 1, 0)]
    [InlineData(new[] { 425, 500, 502, 504 }, 4, 4, 0)]
    public async Task Every_attempt_counts(int[] answers, int calls, int failures, int deadLetters)
    {
        await using TestCourier courier = Create(TestAnswers.InTurn([.. answers.Select(status => TestAnswers.Create(status))]));

        await CallAsync(courier);

        HealthReport report = courier.Get<HealthRecorder>().News()!;
        Assert.Equal((calls, failures, deadLetters), Sum(report));
        Assert.Equal(answers[^1] == 200, report.LastSuccessAt is not null);
        Assert.Equal(failures == calls, report.FailedCalls.Count == 1);
    }

    [Fact]
    public async Task Connection_that_is_refused_counts()
    {
        await using TestCourier courier = Create(new StubApi((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")));

        await CallAsync(courier);

        Assert.Equal((4, 4, 0), Sum(courier.Get<HealthRecorder>().News()!));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)] // another request's failure opened the circuit between two attempts
    public async Task Attempts_before_an_open_circuit_have_failed(int attempts, int failures)
    {
        await using TestCourier courier = Create(TestAnswers.Always(200));
        Call call = new(new CallResult.CircuitOpen(TimeSpan.FromSeconds(30)), courier.Clock.GetUtcNow(), TimeSpan.Zero, attempts);

        courier.Get<HealthRecorder>().OnSettled(new Settled("r1", "GET", "/a", 0, call, new Disposition.Reschedule(TimeSpan.FromSeconds(30), false), null));

        Assert.Equal((attempts, failures, 0), Sum(courier.Get<HealthRecorder>().News()!));
    }

    [Fact]
    public async Task Nothing_is_told_twice_but_what_could_not_be_told()
    {
        await using TestCourier courier = Create(TestAnswers.Always(200));
        await CallAsync(courier);
        HealthRecorder recorder = courier.Get<HealthRecorder>();

        HealthReport? first = recorder.News();
        HealthReport? second = recorder.News();
        recorder.TellAgain();

        Assert.NotNull(first);
        Assert.Null(second);
        Assert.Equal(Sum(first), Sum(recorder.News()!));
    }

    [Fact]
    public async Task Statistics_of_an_alert_are_the_attempts_that_went_out()
    {
        await using TestCourier fleet = Scenario.Create(1, ("Resilience:BreakerMinimumThroughput", "1000"));
        (fleet.Api.Answer, fleet.IsWatched) = (_ => 503, false);
        await fleet.PostCallsAsync("/a", "/b");
        await fleet.PassAsync(TimeSpan.FromSeconds(200));
        int sent = fleet.Calls.Count;

        await fleet.Clock.RunAsync(() => fleet.Instances[0].Get<HealthWatch>().RunAsync(Cancelled));
        await fleet.PassAsync(TimeSpan.Zero);

        AlertStatistics counted = fleet.Only(AlertKind.ApiOutage).Alert.Statistics;
        Assert.Equal((sent, sent), ((int)counted.Calls, (int)counted.Failures));
        Assert.True(sent >= 16, $"{sent}");
    }

    private static TestCourier Create(HttpMessageHandler api) => TestCourier.Create(api, settings: [new("Resilience:Retries", "3")]);

    private static async Task CallAsync(TestCourier courier)
    {
        await courier.PostAsync("""{"method":"GET","path":"/a"}""");
        await courier.ProcessAsync();
    }

    private static (int Calls, int Failures, int DeadLetters) Sum(HealthReport report) =>
        (report.Buckets.Sum(bucket => bucket.Calls), report.Buckets.Sum(bucket => bucket.Failures), report.Buckets.Sum(bucket => bucket.DeadLetters));
}
