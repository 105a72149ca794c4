using System.Text;
using Courier.Contracts;
using Courier.Pacing;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>What the hold finds out, shares and tells, step by step, on one instance or several.</summary>
public sealed class CredentialHoldStepTests : IAsyncDisposable
{
    private readonly TestCourier _courier;
    private readonly DateTimeOffset _start;
    private readonly HoldingInstance _one;
    private Func<int> _answer = () => 401;

    public CredentialHoldStepTests()
    {
        _courier = Paced.Create(_ => TestAnswers.Create(_answer(), "{}"), ("Quota:Limit", "5000"), ("Quota:MaxRate", "20"));
        _start = _courier.Clock.GetUtcNow();
        _one = new HoldingInstance(_courier);
    }

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    [Fact]
    public async Task Refused_probe_holds_the_key_and_tells_once()
    {
        await _one.CheckAsync("a");

        Assert.Equal((_start, _start), (await _one.HeldAsync(), await _one.KnownAsync()));
        Assert.Equal(["credential.held"], _one.Log.Events);
        Assert.Equal((1, 1), (_one.Changes, _courier.Probes));
    }

    [Fact]
    public async Task Key_that_is_known_to_be_held_is_not_probed_for_a_further_refusal()
    {
        await _one.CheckAsync("a");
        Advance(3.9);

        await _one.CheckAsync("b");
        Advance(3);
        await _one.CheckAsync("c");

        Assert.Equal(1, _courier.Probes);
    }

    /// <summary>Two instances find out at the same time: the slower one has not seen yet that the key is held.</summary>
    [Fact]
    public async Task Instance_that_was_slower_keeps_the_first_moment_and_does_not_tell()
    {
        HoldingInstance other = new(_courier);
        Assert.Null(await other.HeldAsync());
        await _one.CheckAsync("a");
        Advance(1);

        await other.CheckAsync("b");

        Assert.Equal(_start, await other.HeldAsync());
        Assert.Empty(other.Log.Events);
        Assert.Equal((0, 2), (other.Changes, _courier.Probes));
    }

    [Theory]
    [InlineData(200, 59.9, 1)]
    [InlineData(200, 60, 2)]
    [InlineData(404, 4.9, 1)]
    [InlineData(404, 5, 2)]
    public async Task Answer_of_a_probe_holds_for_a_minute_or_where_it_says_nothing_for_five_seconds(int probe, double seconds, int probes)
    {
        _answer = () => probe;
        await _one.CheckAsync("a");
        Advance(seconds);

        await _one.CheckAsync("a");

        Assert.Equal(probes, _courier.Probes);
        Assert.Null(await _one.HeldAsync());
    }

    [Fact]
    public async Task Accepted_key_is_not_held_however_many_requests_are_refused()
    {
        _answer = () => 200;

        foreach (string id in (string[])["a", "b", "c", "d"])
            await _one.CheckAsync(id);

        Assert.Null(await _one.HeldAsync());
        Assert.Equal(1, _courier.Probes);
    }

    [Fact]
    public async Task Accepted_probe_clears_the_suspicion_that_grew_before()
    {
        _answer = () => 404;
        await _one.CheckAsync("a");
        Advance(5);
        _answer = () => 200;
        await _one.CheckAsync("b");
        Advance(59.9);
        await _one.CheckAsync("c");
        Advance(0.1);
        _answer = () => 404;

        await _one.CheckAsync("d"); // with "b", which the probe proved to be its own matter, three in a minute

        Assert.Null(await _one.HeldAsync());
        Assert.Equal(3, _courier.Probes);
    }

    [Fact]
    public async Task Three_requests_hold_the_key_where_the_probe_says_nothing_and_a_success_in_between_does_not()
    {
        _answer = () => 404;
        await _one.CheckAsync("a");
        await _one.CheckAsync("b");
        _one.Hold.Trust();
        await _one.CheckAsync("c");
        await _one.CheckAsync("d");
        DateTimeOffset? before = await _one.HeldAsync();

        await _one.CheckAsync("e");

        Assert.Null(before);
        Assert.Equal(_start, await _one.HeldAsync());
    }

    [Theory]
    [InlineData(59.9, 1)]
    [InlineData(60, 2)]
    public async Task Held_key_is_probed_each_minute(double seconds, int probes)
    {
        await _one.CheckAsync("a");
        Advance(seconds);

        Assert.Equal(_start, await _one.HeldAsync());
        Assert.Equal(probes, _courier.Probes);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task Accepted_probe_lifts_the_hold_for_everybody_and_tells(int answer)
    {
        HoldingInstance other = new(_courier);
        await _one.CheckAsync("a");
        Advance(60);
        _answer = () => answer;

        Assert.Null(await _one.HeldAsync());
        Assert.Null(await other.KnownAsync());
        Assert.Null(await _one.KnownAsync());
        Assert.Equal(["credential.held", "credential.lifted"], _one.Log.Events);
        Assert.Equal((2, 2), (_one.Changes, _courier.Probes));
    }

    /// <summary>They have read the hold a moment ago and do not know that another one is probing, or has lifted it.</summary>
    [Theory]
    [InlineData(401)]
    [InlineData(200)]
    public async Task Of_several_instances_one_probes(int answer)
    {
        HoldingInstance other = new(_courier);
        await _one.CheckAsync("a");
        Advance(58);
        Assert.Equal(_start, await other.HeldAsync());
        Advance(2);
        _answer = () => answer;
        await _one.HeldAsync();

        await other.HeldAsync();

        Assert.Equal(2, _courier.Probes);
        Assert.Empty(other.Log.Events);
    }

    [Fact]
    public async Task Hold_whose_document_was_deleted_meanwhile_is_not_probed_again()
    {
        await _one.CheckAsync("a");
        Advance(58);
        await _one.HeldAsync();
        await _courier.Storage.State.DeleteAsync(CredentialHold.Blob, CancellationToken.None);
        Advance(2);

        Assert.Equal(_start, await _one.HeldAsync());
        Assert.Null(await _one.HeldAsync());
        Assert.Equal(1, _courier.Probes);
    }

    /// <summary>While this instance probed its own key, one with another key found that one refused.</summary>
    [Fact]
    public async Task Lifting_the_own_key_leaves_another_ones_hold()
    {
        const string Others = """{"keyHash":"0123456789abcdef0123456789abcdef","since":"2026-01-01T00:00:10+00:00","probedAt":"2026-01-01T00:00:10+00:00","version":1}""";
        await _one.CheckAsync("a");
        Advance(60);
        _answer = () =>
        {
            Task write = _courier.Storage.State.WriteAsync(CredentialHold.Blob, Encoding.UTF8.GetBytes(Others), "application/json", CancellationToken.None);
            Assert.True(write.IsCompletedSuccessfully);
            return 200;
        };

        Assert.Null(await _one.HeldAsync());
        Assert.Contains("0123456789abcdef0123456789abcdef", await StateAsync(), StringComparison.Ordinal);
    }

    /// <summary>Instances of several versions share the document: the hash of a key must stay what it is. It is no plain hash of it, which others may have published.</summary>
    [Fact]
    public async Task Key_is_named_by_a_hash_of_its_own()
    {
        await _one.CheckAsync("a");

        Assert.Contains("\"4e18cd4638066e30657d8c99ef4bea0e\"", await StateAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_that_means_nothing_is_set_aside()
    {
        await _courier.Storage.State.WriteAsync(CredentialHold.Blob, Encoding.UTF8.GetBytes("[null]"), "application/json", CancellationToken.None);

        Assert.Null(await _one.HeldAsync());

        Assert.Contains("[null]", await StateAsync(name => name != CredentialHold.Blob), StringComparison.Ordinal);
    }

    private void Advance(double seconds) => _courier.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private Task<string> StateAsync() => StateAsync(name => name == CredentialHold.Blob);

    private async Task<string> StateAsync(Func<string, bool> which)
    {
        StringBuilder texts = new();
        await foreach (string name in _courier.Storage.State.ListAsync("", CancellationToken.None))
        {
            if (which(name) && await _courier.Storage.State.ReadAsync(name, CancellationToken.None) is { } blob)
                texts.AppendLine(Encoding.UTF8.GetString(blob.Content.Span));
        }

        return texts.ToString();
    }
}
