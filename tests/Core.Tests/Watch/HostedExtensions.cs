using System.Diagnostics;
using Courier.Contracts;
using Microsoft.Extensions.Hosting;

namespace Courier.Tests.Watch;

internal static class HostedExtensions
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the service waits for the clock. Its first steps are on another thread; from there it goes on where the clock is advanced.</summary>
    public static async Task BeginAsync(this IHostedService service, FakeClock clock)
    {
        int timers = clock.Timers;
        await service.StartAsync(TestContext.Current.CancellationToken);
        long start = Stopwatch.GetTimestamp();
        while (clock.Timers == timers)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, "It has not begun.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
