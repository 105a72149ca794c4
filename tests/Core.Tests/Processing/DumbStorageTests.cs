using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Storage that does not answer at all.</summary>
public sealed class DumbStorageTests
{
    [Fact]
    public async Task Storage_that_goes_dumb_after_the_call_does_not_keep_a_function_beyond_its_time()
    {
        FakeClock clock = new();
        Persistence persistence = new(clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Persistence>.Instance);
        DateTimeOffset begun = clock.GetUtcNow();

        await Assert.ThrowsAsync<StorageFailureException>(() => clock.RunAsync(async () =>
        {
            await persistence.RunAsync(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(6 * 20), clock, CancellationToken.None); // StorageAccount: 20 seconds a try, and the client's five repetitions
                throw new StorageFailureException("api-results", "the storage did not answer in time.");
            });
            return 0;
        }));

        Assert.InRange(clock.GetUtcNow() - begun, TimeSpan.Zero, TimeSpan.FromMinutes(4)); // functionTimeout is five minutes, and the call was made before
    }
}
