using System.Text;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>What the tests of this folder ask of a <see cref="TestCourier"/> besides.</summary>
internal static class CourierExtensions
{
    /// <summary>Processes whatever becomes visible in so many hours of the standing clock.</summary>
    public static async Task ProcessThroughAsync(this TestCourier courier, int hours)
    {
        for (int step = 0; step <= hours * 120; step++)
        {
            await courier.ProcessAsync();
            courier.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    public static async Task<List<string>> BlobsAsync(this TestCourier courier, IBlobContainer container)
    {
        List<string> names = [];
        await foreach (string name in container.ListAsync("", TestContext.Current.CancellationToken))
            names.Add(name);
        return names;
    }

    public static async Task<string> BlobTextAsync(this TestCourier courier, IBlobContainer container, string name) =>
        Encoding.UTF8.GetString((await container.ReadAsync(name, TestContext.Current.CancellationToken))!.Content.Span);
}
