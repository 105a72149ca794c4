using System.Text;
using Courier.Contracts;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>What a 401 does, through the whole of Courier.</summary>
public sealed class CredentialHoldTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Refusal_of_one_resource_is_a_dead_letter_and_nothing_more(int probe)
    {
        await using TestCourier courier = Create(path => path == "/probe" ? probe : path == "/mine" ? 200 : 401);
        await courier.PostCallsAsync("/a", "/b", "/mine");

        await courier.ProcessForAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["/a", "/probe", "/b", "/mine"], courier.Paths);
        Assert.Equal(["unauthorized", "unauthorized"], await courier.ReasonsAsync());
        Assert.Single(await courier.ResultsAsync());
    }

    [Fact]
    public async Task After_a_minute_a_refusal_is_probed_again()
    {
        await using TestCourier courier = Create(path => path == "/probe" ? 200 : 401);
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();

        courier.Clock.Advance(TimeSpan.FromSeconds(61));
        await courier.PostCallsAsync("/b");
        await courier.ProcessAsync();

        Assert.Equal(2, courier.Probes);
    }

    [Fact]
    public async Task Refused_key_stops_all_calls_without_costing_an_attempt()
    {
        await using TestCourier courier = Create(_ => 401);
        await courier.PostCallsAsync("/a", "/b", "/c");

        await courier.ProcessAsync();

        Assert.Equal(["/a", "/probe"], courier.Paths);
        Assert.Equal(["unauthorized"], await courier.ReasonsAsync());
        Assert.Equal(2, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Waiting_for_a_key_is_no_attempt()
    {
        await using TestCourier courier = Create(_ => 401);
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessAsync();

        courier.Clock.Advance(TimeSpan.FromSeconds(31));
        Courier.Messages.Delivery delivery = await courier.DeliveryAsync();

        Assert.Equal((0, 0, null), (delivery.Attempt, delivery.History.Count, delivery.Slot));
    }

    [Fact]
    public async Task Another_instance_stops_within_five_seconds()
    {
        bool accepted = true;
        await using TestCourier courier = Create(_ => accepted ? 200 : 401);
        await using TestCourier other = courier.Beside(_ => Answer(accepted ? 200 : 401));
        await other.PostCallsAsync("/known");
        await other.ProcessAsync();
        accepted = false;
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();

        courier.Clock.Advance(TimeSpan.FromSeconds(5));
        await other.PostCallsAsync("/b");
        await other.ProcessAsync();

        Assert.Equal(["/known"], other.Paths);
    }

    [Fact]
    public async Task One_of_the_instances_probes_once_a_minute()
    {
        await using TestCourier courier = Create(_ => 401);
        await using TestCourier other = courier.Beside(_ => Answer(401));
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();

        for (int second = 0; second < 600; second += 5)
        {
            foreach (TestCourier instance in (TestCourier[])[courier, other])
            {
                await instance.PostCallsAsync("/b");
                await instance.ProcessAsync();
            }

            courier.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(courier.Probes + other.Probes, 9, 11);
        Assert.Equal(["/a", "/probe"], courier.Paths.Concat(other.Paths).Distinct());
    }

    [Fact]
    public async Task Everything_goes_on_when_the_key_is_accepted_again()
    {
        bool accepted = false;
        await using TestCourier courier = Create(_ => accepted ? 200 : 401);
        await courier.PostCallsAsync("/a", "/b", "/c", "/d");
        await courier.ProcessForAsync(TimeSpan.FromMinutes(10));

        accepted = true;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(3, (await courier.ResultsAsync()).Count);
        Assert.Equal(["unauthorized"], await courier.ReasonsAsync());
        Assert.Equal(0, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Instance_with_another_key_is_not_held()
    {
        await using TestCourier courier = Create(_ => 401);
        await using TestCourier other = courier.Beside(_ => Answer(200), ("Api:Key", "another-key-9876543210"));
        await courier.PostCallsAsync("/a");
        await courier.ProcessAsync();

        await other.PostCallsAsync("/b");
        await other.ProcessAsync();

        Assert.Equal(["/b"], other.Paths);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Probe_without_a_verdict_does_not_lift_the_hold(int status)
    {
        bool held = false;
        await using TestCourier courier = Create(_ => held ? status : 401);
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessAsync();

        held = true;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(10));

        Assert.True(courier.Probes > 3);
        Assert.Equal(["/a", "/probe"], courier.Paths.Distinct());
    }

    [Fact]
    public async Task Probe_that_nobody_answers_neither_holds_nor_lifts()
    {
        bool answers = false;
        await using TestCourier courier = Create(path => path != "/probe" || answers ? 401 : throw new HttpRequestException("no route"));
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessForAsync(TimeSpan.FromSeconds(5));
        List<string?> notHeld = await courier.ReasonsAsync();

        answers = true;
        courier.Clock.Advance(TimeSpan.FromMinutes(2));
        await courier.PostCallsAsync("/c", "/d");
        await courier.ProcessAsync();
        answers = false;
        await courier.ProcessForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["unauthorized", "unauthorized"], notHeld);
        Assert.DoesNotContain("/d", courier.Paths);
    }

    /// <summary>A path that answers everybody, or nobody: then it takes three requests to know.</summary>
    [Theory]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task Where_a_probe_proves_nothing_three_refused_requests_hold_the_key(int probe)
    {
        await using TestCourier courier = Create(path => path == "/probe" ? probe : 401);
        await courier.PostCallsAsync([.. Enumerable.Range(0, 60).Select(number => $"/{number}")]);

        await courier.ProcessForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["unauthorized", "unauthorized", "unauthorized"], await courier.ReasonsAsync());
        Assert.Equal(57, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Call_that_succeeds_clears_the_key_of_suspicion()
    {
        await using TestCourier courier = Create(path => path == "/probe" ? 404 : path.StartsWith("/mine", StringComparison.Ordinal) ? 200 : 401);
        await courier.PostCallsAsync("/a", "/b", "/mine/1", "/c", "/d", "/mine/2");

        await courier.ProcessForAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(4, (await courier.ReasonsAsync()).Count);
        Assert.Equal(2, (await courier.ResultsAsync()).Count);
        Assert.Equal(0, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Refusals_further_apart_than_a_minute_say_nothing_about_the_key()
    {
        await using TestCourier courier = Create(path => path == "/probe" ? 404 : 401);
        foreach (string path in new[] { "/a", "/b", "/c", "/d", "/e" })
        {
            await courier.PostCallsAsync(path);
            await courier.ProcessForAsync(TimeSpan.FromSeconds(40));
        }

        Assert.Equal(5, (await courier.ReasonsAsync()).Count);
        Assert.Equal(0, await courier.WaitingAsync());
    }

    [Fact]
    public async Task Key_is_in_no_blob()
    {
        await using TestCourier courier = Create(_ => 401);
        await courier.PostCallsAsync("/a", "/b");
        await courier.ProcessAsync();

        List<string> names = [];
        foreach (IBlobContainer container in courier.Watched.Containers)
        {
            await foreach (string name in container.ListAsync("", TestContext.Current.CancellationToken))
            {
                names.Add(name);
                string text = Encoding.UTF8.GetString((await container.ReadAsync(name, TestContext.Current.CancellationToken))!.Content.Span);
                Assert.DoesNotContain(TestCourier.Key, text, StringComparison.Ordinal);
            }
        }

        Assert.Contains(CredentialHold.Blob, names);
    }

    /// <summary>With a quota that nobody here waits for.</summary>
    private static TestCourier Create(Func<string, int> status) => Paced.Create(path => Answer(status(path)), ("Quota:Limit", "5000"), ("Quota:MaxRate", "20"));

    private static HttpResponseMessage Answer(int status) => TestAnswers.Create(status, "{}");
}
