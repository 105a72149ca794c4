using System.Text;
using Courier.Contracts;
using Courier.Quota;
using Courier.Storage;
using Courier.Tests.Pacing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Quota;

/// <summary>The shared blob is deleted, holds rubbish, cannot be reached, or the clock is wrong.</summary>
public sealed class LostLedgerTests
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(0.1);

    private readonly FakeClock _clock = new();
    private readonly EventLog<LedgerStore> _log = new();
    private readonly WatchedContainer _state = new(new InMemoryContainer("api-state"));
    private readonly QuotaOptions _quota = new();

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"key\":\"0123456789abcdef0123456789abcdef\",\"charges\":[[1,2]],\"head\":0,\"tail\":0,\"plannedFrom\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"key\":\"0123456789abcdef0123456789abcdef\",\"charges\":[],\"head\":9,\"tail\":0,\"plannedFrom\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"key\":\"0123456789abcdef0123456789abcdef\",\"charges\":[],\"head\":0,\"tail\":0,\"plannedFrom\":\"2026-01-01T00:00:00Z\",\"rotation\":null}")]
    [InlineData("{\"key\":\"short\",\"charges\":[],\"head\":0,\"tail\":0,\"plannedFrom\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"ledger\":\"x\",\"clock\":{\"at\":\"2026-01-01T00:00:00Z\"},\"next\":\"2026-01-01T00:00:00Z\"}")]
    public async Task Ledger_that_cannot_be_read_or_makes_no_sense_is_followed_by_one_with_a_full_window(string text)
    {
        await _state.WriteAsync(LedgerStore.Blob, Encoding.UTF8.GetBytes(text), "application/json", TestContext.Current.CancellationToken);

        Place? place = await TakeAsync(Create());

        Assert.Equal(_clock.GetUtcNow() + _quota.TakenFor, place!.Value.Turn, s_moment);
        Assert.Equal(["quota.ledger-lost"], _log.Events);
    }

    [Fact]
    public async Task Deleted_ledger_is_followed_by_one_with_a_full_window()
    {
        QuotaLedger ledger = Create();
        await TakeAsync(ledger);

        await _state.DeleteAsync(LedgerStore.Blob, TestContext.Current.CancellationToken);

        Assert.Equal(_clock.GetUtcNow() + _quota.TakenFor, (await TakeAsync(ledger))!.Value.Turn, s_moment);
    }

    [Fact]
    public async Task First_ledger_of_all_is_no_lost_one()
    {
        Assert.Equal(_clock.GetUtcNow(), (await TakeAsync(Create()))!.Value.Turn, s_moment);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public async Task Storage_that_fails_is_seen_by_who_asked_and_the_next_is_served()
    {
        QuotaLedger ledger = Create();
        _state.Failure = new IOException("broken");
        await Assert.ThrowsAsync<IOException>(() => TakeAsync(ledger));
        _state.Failure = null;

        Assert.NotNull(await TakeAsync(ledger));
    }

    [Theory]
    [InlineData(86_400, false)]
    [InlineData(-86_400, false)]
    [InlineData(2, true)]
    [InlineData(-2, true)]
    public async Task Instance_whose_clock_is_wrong_takes_nothing_and_writes_nothing_and_says_so(int seconds, bool isRight)
    {
        ServingContainer storage = new(_state, () => _clock.GetUtcNow().AddSeconds(-seconds));
        await TakeAsync(Create());
        int writes = _state.Writes;

        Place? place = await TakeAsync(Create(storage));

        Assert.Equal((isRight, isRight ? writes + 1 : writes), (place is not null, _state.Writes));
        Assert.Equal(isRight ? [] : ["quota.wrong-clock"], _log.Events);
    }

    private QuotaLedger Create(IBlobContainer? container = null)
    {
        CourierStorage storage = new(new WatchedStorage(_clock, container ?? _state), Options.Create(new QueueOptions()));
        return new QuotaLedger(new LedgerStore(storage, Options.Create(_quota), _clock, () => 0.5, _log), storage, Options.Create(_quota), _clock);
    }

    private Task<Place?> TakeAsync(QuotaLedger ledger) => _clock.RunAsync(() => ledger.TakeAsync(Wish.Next.One, CancellationToken.None).AsTask());

    /// <summary>Tells when it answered.</summary>
    private sealed class ServingContainer(IBlobContainer inner, Func<DateTimeOffset> now) : IBlobContainer
    {
        public string Name => inner.Name;

        public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

        public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) => inner.WriteAsync(name, content, contentType, cancellationToken);

        public Task<string?> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken cancellationToken) =>
            inner.ReplaceAsync(name, content, contentType, etag, cancellationToken);

        public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellationToken) =>
            await inner.ReadAsync(name, cancellationToken) is { } blob ? blob with { ServedAt = now() } : null;

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
