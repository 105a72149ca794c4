using Courier.Contracts;
using Courier.Messages;
using Courier.Quota;
using Courier.Storage;
using Courier.Tests.Messages;
using Courier.Tests.Processing;

namespace Courier.Tests.Pacing;

/// <summary>Whole Couriers that call once in 61 seconds at most, on watched storage; the API's answers are the test's.</summary>
internal static class Paced
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(61);

    public static TestCourier Create(Func<string, HttpResponseMessage>? answer = null, params (string Key, string Value)[] settings)
    {
        FakeClock clock = new();
        CourierSetup setup = new() { Clock = clock, Storage = new WatchedStorage(clock), Api = Api(answer) };
        return new TestCourier(setup.With([("Quota:Limit", "61000"), ("Quota:MaxRate", "0.016393443"), ("Quota:Reserve", "0"), ("Api:ProbePath", "/probe"), .. settings]));
    }

    private static StubApi Api(Func<string, HttpResponseMessage>? answer) =>
        new((request, _) => Task.FromResult(answer?.Invoke(request.RequestUri!.AbsolutePath) ?? TestAnswers.Create(200, "{}")));

    extension(TestCourier courier)
    {
        public WatchedStorage Watched => (WatchedStorage)courier.Account;

        public int Probes => courier.Paths.Count(path => path == "/probe");

        /// <summary>Another instance on the same storage and clock, to which the API answers otherwise.</summary>
        public TestCourier Beside(Func<string, HttpResponseMessage>? answer = null, params (string Key, string Value)[] settings) => courier.Beside(Api(answer), settings);

        public Task<LedgerState> LedgerAsync() =>
            courier.Clock.RunAsync(() => courier.Get<QuotaLedger>().ReadAsync(TimeSpan.Zero, CancellationToken.None).AsTask());

        /// <summary>The one request that is visible, which is put back as it was.</summary>
        public async Task<Delivery> DeliveryAsync()
        {
            QueuedMessage message = Assert.Single(await courier.Storage.Requests.ReceiveAsync(1, TimeSpan.FromMinutes(1), CancellationToken.None));
            await courier.Storage.Requests.RenewAsync(message, TimeSpan.Zero, CancellationToken.None);
            return TestMessages.Request(message.Body.ToArray()).Delivery;
        }
    }
}
