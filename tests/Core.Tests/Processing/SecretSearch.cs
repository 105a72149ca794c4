using System.Text;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

internal static class SecretSearch
{
    /// <summary>Fails where a secret stands in a record, a result, the shared state or a label; and where there is nothing to search.</summary>
    public static async Task HasNowhereAsync(this TestCourier courier, string secret)
    {
        int found = 0;
        foreach (IBlobContainer container in new[] { courier.Storage.DeadLetterRecords, courier.Storage.ResultBodies, courier.Storage.State })
        {
            await foreach (ListedBlob blob in container.ListLabelledAsync("", CancellationToken.None))
            {
                found++;
                string text = Encoding.UTF8.GetString((await container.ReadAsync(blob.Name, CancellationToken.None))!.Content.Span);
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
                Assert.DoesNotContain(secret, Uri.UnescapeDataString(string.Join(' ', blob.Labels.Values)), StringComparison.Ordinal);
            }
        }

        Assert.NotEqual(0, found);
    }
}
