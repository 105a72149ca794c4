using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace Courier.Bench.Operations;

/// <summary>The same listing with nothing behind it: each page is asked for and thrown away. So long the storage itself takes.</summary>
internal static partial class BareListing
{
    public static async Task<TimeSpan> MeasureAsync(string connection, string container, string prefix)
    {
        Uri address = new BlobContainerClient(connection, container).GenerateSasUri(BlobContainerSasPermissions.List, TimeProvider.System.GetUtcNow().AddHours(1));
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        long begun = Stopwatch.GetTimestamp();
        string marker = "";
        do
        {
            string page = await client.GetStringAsync(new Uri($"{address}&restype=container&comp=list&include=metadata&prefix={prefix}&marker={Uri.EscapeDataString(marker)}"));
            marker = Next().Match(page[^Math.Min(page.Length, 1000)..]).Groups[1].Value;
        }
        while (marker.Length > 0);
        return Stopwatch.GetElapsedTime(begun);
    }

    [GeneratedRegex("<NextMarker>([^<]+)</NextMarker>")]
    private static partial Regex Next();
}
