using System.Net;
using Courier.Contracts;
using Courier.Operations.Examination;
using Courier.Storage;

namespace Courier.Operations.Tests;

/// <summary>What is wrong, and what to do about it.</summary>
public sealed class ExaminationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_works_is_said_to_work()
    {
        await using TestCourier courier = Desk.Create();

        List<Diagnosis> found = await ExamineAsync(courier);

        Assert.All(found, diagnosis => Assert.Equal(Condition.Good, diagnosis.Condition));
        Assert.Equal(5, found.Count(diagnosis => diagnosis.What.StartsWith("queue ", StringComparison.Ordinal)));
        Assert.Equal(4, found.Count(diagnosis => diagnosis.What.StartsWith("container ", StringComparison.Ordinal)));
        Assert.Single(courier.Api.Calls);
        Assert.Empty(await courier.Storage.State.ListAsync("doctor/", Cancelled).ToListAsync(Cancelled));
    }

    [Theory]
    [InlineData(401, Condition.Bad, "API key", "Api:Key")]
    [InlineData(403, Condition.Doubtful, "API key", "Api:ProbePath")]
    [InlineData(404, Condition.Doubtful, "API key", "Api:ProbePath")]
    [InlineData(302, Condition.Doubtful, "API key", "Api:ProbePath")]
    [InlineData(429, Condition.Doubtful, "API key", "quota has room")]
    [InlineData(503, Condition.Bad, "API", "status page")]
    public async Task What_the_api_answers_says_what_to_do(int status, Condition condition, string what, string remedy)
    {
        await using TestCourier courier = Desk.Create(_ => status);

        List<Diagnosis> found = await ExamineAsync(courier);

        Assert.Contains(found, diagnosis => diagnosis.What == what && diagnosis.Condition == condition && diagnosis.Remedies.Any(text => text.Contains(remedy, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Api_that_does_not_answer_is_told_from_one_that_refuses()
    {
        await using TestCourier courier = Desk.Create(api: new StubApi((_, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, "api.test: no such host")));

        Diagnosis api = (await ExamineAsync(courier))[^1];

        Assert.Equal(("API", Condition.Bad), (api.What, api.Condition));
        Assert.Contains("Api:BaseUrl", api.Remedies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_are_left_are_told_when_the_api_tells_them()
    {
        StubApi network = new((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Headers = { { "X-RateLimit-Limit", "5000" }, { "X-RateLimit-Remaining", "4321" } } }));
        await using TestCourier courier = Desk.Create(api: network, settings: ("Quota:Limit", "5000"));

        Assert.Contains(await ExamineAsync(courier), diagnosis => diagnosis.Finding.Contains("4321", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_that_refuses_is_bad_and_then_nothing_is_called()
    {
        await using TestCourier courier = Desk.Create(storage: new FaultyStorage(new InMemoryStorage(TimeProvider.System), TimeProvider.System, _ => StorageManner.Leased));

        List<Diagnosis> found = await ExamineAsync(courier);

        Assert.Equal(10, found.Count(diagnosis => diagnosis is { Condition: Condition.Bad, Finding: "the storage answered 412 LeaseIdMissing.", Remedies: ["Break the lease."] }));
        Assert.Equal(Condition.Doubtful, found[^1].Condition);
        Assert.Empty(courier.Api.Calls);
    }

    private static async Task<List<Diagnosis>> ExamineAsync(TestCourier courier) => await courier.Get<Examiner>().ExamineAsync(Cancelled).ToListAsync(Cancelled);
}
