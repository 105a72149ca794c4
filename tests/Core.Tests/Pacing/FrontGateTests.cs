using Courier.Contracts;
using Courier.Messages;
using Courier.Orders;
using Courier.Pacing;
using Courier.Storage;
using Courier.Tests.Messages;

namespace Courier.Tests.Pacing;

/// <summary>What the sender and the operator have said, before key and quota.</summary>
public sealed class FrontGateTests : IAsyncDisposable
{
    private readonly TestCourier _courier = Paced.Create();

    private DateTimeOffset Now => _courier.Clock.GetUtcNow();

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    [Fact]
    public async Task Request_of_which_nobody_said_anything_is_let_through() => Assert.IsType<Admission.Granted>(await AdmitAsync(Create()));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(0.001, false)]
    public async Task Request_expires_at_its_moment(double seconds, bool isExpired)
    {
        Envelope envelope = Create();
        envelope = envelope with { Request = envelope.Request with { ExpiresAt = Now.AddSeconds(seconds) } };

        Assert.Equal(isExpired, await AdmitAsync(envelope) is Admission.Expired);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, 1.0)]
    [InlineData(86_400, 86_400.0)]
    [InlineData(6 * 86_400, 6 * 86_400.0)]
    [InlineData(30 * 86_400, 6 * 86_400.0)] // a queue hides a message for seven days at the most
    public async Task Request_waits_until_it_is_to_begin(int seconds, double? wait)
    {
        Envelope envelope = Create();
        envelope = envelope with { Request = envelope.Request with { NotBefore = Now.AddSeconds(seconds) } };

        Admission admission = await AdmitAsync(envelope);

        Assert.Equal(wait, (admission as Admission.Wait)?.Delay.TotalSeconds);
        Assert.Equal(wait is null ? null : envelope.Delivery.Slot, admission.Place);
    }

    [Theory]
    [InlineData("no longer wanted", "An operator cancelled it at 2026-01-01 00:00:00Z (ops@desk): no longer wanted")]
    [InlineData(null, "An operator cancelled it at 2026-01-01 00:00:00Z (ops@desk).")]
    public async Task Cancelled_request_says_who_did_it_and_why(string? why, string words)
    {
        Envelope envelope = Create();
        await Orders.CancelAsync([envelope.Request.Id], "ops@desk", why, CancellationToken.None);

        Assert.Equal(words, Assert.IsType<Admission.Cancelled>(await AdmitAsync(envelope)).Why);
    }

    [Fact]
    public async Task While_everything_is_paused_a_request_waits_longer_and_longer_with_its_slot()
    {
        Envelope envelope = Create();
        await Orders.PauseAsync("ops@desk", null, CancellationToken.None);

        Admission.Wait first = Assert.IsType<Admission.Wait>(await AdmitAsync(envelope));
        _courier.Clock.Advance(TimeSpan.FromMinutes(10));
        Admission.Wait later = Assert.IsType<Admission.Wait>(await AdmitAsync(envelope));

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)), (first.Delay, later.Delay));
        Assert.Equal((envelope.Delivery.Slot, envelope.Delivery.Slot), (first.Slot, later.Slot));
    }

    [Fact]
    public async Task Storage_that_fails_puts_a_request_off_with_its_slot()
    {
        Envelope envelope = Create();
        StorageFailureException failure = new("api-state/orders.json", "it does not answer.");
        _courier.Watched.State.Failure = failure;

        Assert.Equal(new Admission.Wait(TimeSpan.FromSeconds(30), envelope.Delivery.Slot, failure), await AdmitAsync(envelope));
    }

    [Fact]
    public async Task Who_goes_away_is_not_asked_for()
    {
        Envelope expired = Create();
        expired = expired with { Request = expired.Request with { ExpiresAt = Now } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _courier.Get<IAdmission>().AdmitAsync(expired, new CancellationToken(canceled: true)).AsTask());
    }

    private StandingOrders Orders => _courier.Get<StandingOrders>();

    private Task<Admission> AdmitAsync(Envelope envelope) => _courier.Clock.RunAsync(() => _courier.Get<IAdmission>().AdmitAsync(envelope, CancellationToken.None).AsTask());

    private static Envelope Create()
    {
        Envelope envelope = TestMessages.CreateEnvelope();
        return envelope with { Delivery = envelope.Delivery with { FirstSeenAt = TestMessages.Posted.AddDays(-1), Slot = Slot.Ahead(TestMessages.Posted) } };
    }
}
