using Courier.Contracts;

namespace Courier.Tests.Watch;

/// <summary>Whole Couriers that retry and probe, from a morning on.</summary>
internal static class Scenario
{
    public const string Probe = "/probe";

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    /// <param name="size">How many instances there are.</param>
    public static TestCourier Create(int size, params (string Key, string Value)[] settings)
    {
        CourierSetup setup = new() { Clock = new FakeClock(Start) };
        TestCourier courier = new(setup.With([("Resilience:Retries", "3"), ("Api:ProbePath", Probe), .. settings]));
        for (int i = 1; i < size; i++)
            courier.Add();
        return courier;
    }

    extension(TestCourier courier)
    {
        public IEnumerable<DateTimeOffset> Probes => courier.Calls.Where(call => call.Path == Probe).Select(call => call.At);
    }
}
