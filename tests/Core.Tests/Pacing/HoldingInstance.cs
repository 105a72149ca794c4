using Courier.Contracts;
using Courier.Origin;
using Courier.Pacing;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Pacing;

/// <summary>A hold as one of several instances has it.</summary>
internal sealed class HoldingInstance
{
    private readonly FakeClock _clock;

    public HoldingInstance(TestCourier courier)
    {
        _clock = courier.Clock;
        Hold = new CredentialHold(courier.Storage, courier.Get<ApiProbe>(), courier.Get<IOptions<ApiOptions>>(), _clock, () => 0, Log);
        Hold.Changed += () => Changes++;
    }

    public CredentialHold Hold { get; }

    public EventLog<CredentialHold> Log { get; } = new();

    public int Changes { get; private set; }

    public Task CheckAsync(string request) => _clock.RunAsync(() => Hold.CheckAsync(request, CancellationToken.None));

    public Task<DateTimeOffset?> HeldAsync() => _clock.RunAsync(() => Hold.HeldSinceAsync(CancellationToken.None).AsTask());

    public Task<DateTimeOffset?> KnownAsync() => _clock.RunAsync(() => Hold.KnownSinceAsync(CancellationToken.None).AsTask());
}
