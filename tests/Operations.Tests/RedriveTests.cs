using System.Text.Json;
using Courier.Contracts;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;
using Courier.Processing;

namespace Courier.Operations.Tests;

/// <summary>Dead letters that are sent back.</summary>
public sealed class RedriveTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redriven_request_is_called_and_its_record_is_gone_once_it_succeeded()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync("a");
        courier.Api.Answer = _ => 200;

        List<RedriveProgress> steps = await courier.RedriveAsync();

        Assert.Equal((RedriveState.Finished, 1, 1, 0), (steps[^1].State, steps[^1].Sent, steps[^1].Done, steps[^1].Returned));
        Assert.Empty(await courier.RecordsAsync());
        JsonElement result = Assert.Single(await courier.ResultsAsync());
        Assert.Equal("a", result.GetProperty("id").GetString());
        Assert.Equal([404, 200], result.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task One_that_is_dead_again_days_later_has_one_record_with_its_whole_history()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync("a");
        DateTimeOffset first = courier.Now;
        courier.Clock.Advance(TimeSpan.FromDays(3));

        List<RedriveProgress> steps = await courier.RedriveAsync();

        Assert.Equal((RedriveState.Stopped, "not-found"), (steps[^1].State, steps[^1].StoppedBy?.Reason));
        JsonElement record = Assert.Single(await courier.RecordsAsync());
        Assert.Equal(2, record.GetProperty("attempts").GetArrayLength());
        Assert.Equal([first], record.GetProperty("deadLetteredBefore").EnumerateArray().Select(date => date.GetDateTimeOffset()));
        Assert.Equal(first, record.GetProperty("firstSeenAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Record_stays_until_the_new_outcome_stands()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync("a");
        courier.Api.Answer = _ => 503;
        await courier.RunAsync(await courier.BeginAsync(isAllAtOnce: true));

        await courier.ProcessAsync();

        Assert.Equal(["not-found"], await courier.ReasonsAsync());
        Assert.Equal(1, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Canary_that_comes_back_for_the_same_reason_stops_the_rest()
    {
        await using TestCourier courier = Desk.Create(_ => 403);
        await courier.GiveUpAsync("a", "b", "c");
        int before = courier.Calls.Count;

        List<RedriveProgress> steps = await courier.RedriveAsync();

        RedriveProgress end = steps[^1];
        Assert.Equal((RedriveState.Stopped, 1, 1, "a"), (end.State, end.Sent, end.Returned, end.StoppedBy!.Id));
        Assert.NotEmpty(end.StoppedBy.Remedies);
        Assert.Equal(before + 1, courier.Calls.Count);
        Assert.Equal(3, (await courier.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Batches_grow_as_long_as_all_goes_well()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync(Enumerable.Range(0, 200).Select(i => $"r{i:000}"));
        courier.Api.Answer = _ => 200;

        List<RedriveProgress> steps = await courier.RedriveAsync();

        Assert.Equal([1, 6, 31, 156, 200], steps.Select(step => step.Sent).Distinct());
        Assert.Equal(200, steps[^1].Done);
    }

    [Fact]
    public async Task Redrive_that_is_begun_again_after_each_step_calls_each_request_once()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        string[] ids = [.. Enumerable.Range(0, 40).Select(i => $"r{i:00}")];
        await courier.GiveUpAsync(ids);
        courier.Api.Answer = _ => 200;
        int before = courier.Calls.Count;
        RedriveRun run = await courier.BeginAsync();

        for (bool isOver = false; !isOver;)
            isOver = (await courier.RunAsync(run, until: _ => true))[^1].State != RedriveState.Running;
        await courier.ProcessAsync();

        Assert.Equal(ids.Select(id => "/" + id), courier.Paths.Skip(before).Order());
        Assert.Empty(await courier.RecordsAsync());
    }

    [Fact]
    public async Task Doubles_of_a_redriven_request_are_dropped_also_while_the_first_waits()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync("a");
        courier.Api.Answer = _ => 503;
        RedriveSender sender = courier.Get<RedriveSender>();
        string blob = (await courier.Get<DeadLetterBook>().ListAsync(new DeadLetterFilter(), Cancelled).SingleAsync(Cancelled)).Blob;
        await sender.SendAsync(blob, "run", Cancelled);
        await sender.SendAsync(blob, "run", Cancelled);
        await courier.ProcessAsync();

        Sending later = await sender.SendAsync(blob, "run", Cancelled);

        Assert.Contains("waits for its turn", Assert.IsType<Sending.Skipped>(later).Letter.Why, StringComparison.Ordinal);
        Assert.Equal((2, 1), (courier.Calls.Count, await courier.WaitingAsync()));
    }

    [Fact]
    public async Task What_would_only_fail_again_is_skipped_with_the_reason()
    {
        await using TestCourier courier = Desk.Create();
        await courier.PostAsync("""{"id":"expired","method":"GET","path":"/x","expiresAt":"2020-01-01T00:00:00Z"}""");
        await courier.PostAsync("""{"id":"forbidden","method":"GET","path":"https://evil.test/x"}""");
        await courier.PostAsync("no json");
        await courier.ProcessAsync();

        List<RedriveProgress> steps = await courier.RedriveAsync();

        Dictionary<string, string> skipped = steps.SelectMany(step => step.NewlySkipped).ToDictionary(letter => letter.Id, letter => letter.Why);
        Assert.Equal((3, 0), (steps[^1].Skipped, steps[^1].Sent));
        Assert.Contains("`expiresAt`", skipped["expired"], StringComparison.Ordinal);
        Assert.Contains("path", skipped["forbidden"], StringComparison.Ordinal);
        Assert.Contains("What was received is no JSON object.", skipped.Values);
    }

    [Fact]
    public async Task Large_request_is_redriven_with_its_body()
    {
        using StubApi api = new((_, _) => Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound)));
        await using TestCourier courier = Desk.Create(api: api);
        string body = new('x', 100_000);
        await courier.PostLargeAsync($$"""{"id":"a","method":"PUT","path":"/a","body":"{{body}}"}""");
        await courier.ProcessAsync();

        await courier.RedriveAsync();

        Assert.Equal(2, api.Sent.Count);
        Assert.Equal(api.Sent[0].Body, api.Sent[1].Body);
    }

    [Fact]
    public async Task Redriven_page_goes_on_with_the_rest_of_its_list()
    {
        bool isBroken = true;
        using StubApi api = new((request, _) => Task.FromResult(Page(request.RequestUri!, isBroken)));
        await using TestCourier courier = Desk.Create(api: api);
        await courier.PostAsync("""{"id":"list","method":"GET","path":"/list","paginate":true}""");
        await courier.ProcessAsync();
        Assert.Equal("list~2", Assert.Single(await courier.RecordsAsync()).GetProperty("id").GetString());
        isBroken = false;

        await courier.RedriveAsync();

        Assert.Empty(await courier.RecordsAsync());
        Assert.Equal(["list", "list~2", "list~3"], (await courier.ResultsAsync()).Select(result => result.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Cancelled_redrive_sends_no_more()
    {
        await using TestCourier courier = Desk.Create(_ => 404);
        await courier.GiveUpAsync(Enumerable.Range(0, 40).Select(i => $"r{i:00}"));
        courier.Api.Answer = _ => 200;
        RedriveRun run = await courier.BeginAsync();
        await courier.RunAsync(run, until: step => step.Sent == 6);

        Assert.True(await courier.Get<Redrive>().CancelAsync(run.Id, Desk.Who, Cancelled));
        List<RedriveProgress> steps = await courier.RunAsync(run);

        Assert.Equal((RedriveState.Cancelled, 6), (steps[^1].State, steps[^1].Sent));
        Assert.Null(await courier.Get<RedriveStore>().UnfinishedAsync(Cancelled));
    }

    [Fact]
    public async Task Batch_counts_what_is_done_dead_and_waiting()
    {
        await using TestCourier courier = Desk.Create(path => path == "/dead" ? 404 : path == "/waiting" ? 503 : 200);
        foreach (string id in new[] { "done1", "done2", "dead", "waiting" })
            await courier.PostAsync($$"""{"id":"{{id}}","method":"GET","path":"/{{id}}","batch":"night-1"}""");
        await courier.PostAsync("""{"method":"GET","path":"/other"}""");
        await courier.ProcessAsync();
        BatchCount before = await courier.Get<BatchBook>().CountAsync("night-1", Cancelled);
        courier.Api.Answer = _ => 200;

        await courier.RedriveAsync();

        Assert.Equal(new BatchCount(2, 1, 1), before);
        Assert.Equal(0, (await courier.Get<BatchBook>().CountAsync("night-1", Cancelled)).Dead);
        Assert.Equal(new BatchCount(0, 0, 0), await courier.Get<BatchBook>().CountAsync("another", Cancelled));
    }

    private static HttpResponseMessage Page(Uri uri, bool isBroken)
    {
        int page = uri.Query.Length == 0 ? 1 : int.Parse(uri.Query.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        HttpResponseMessage response = new(isBroken && page == 2 ? System.Net.HttpStatusCode.Forbidden : System.Net.HttpStatusCode.OK) { Content = new StringContent("{\"entries\":[]}", null, "application/json") };
        if (page < 3)
            response.Headers.TryAddWithoutValidation("Link", $"</list?page={page + 1}>; rel=\"next\"");
        return response;
    }
}
