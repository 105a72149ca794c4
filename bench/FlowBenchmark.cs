using System.Diagnostics;
using System.Net;
using System.Text;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>(a) The flow of one message without I/O: storage in memory, and a network that answers at once. Everything else is the real thing.</summary>
internal static class FlowBenchmark
{
    private const int Messages = 20_000;
    private const int Rounds = 7;

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine($"flow: one message through read, admit, call, decide, apply, tell, without I/O (median of {Rounds} rounds of {Messages})");
        InstantApi network = new();
        await using ServiceProvider services = BenchCourier.Create(new InMemoryStorage(TimeProvider.System), new Uri("https://api.test"), network);
        RequestProcessor processor = services.GetRequiredService<RequestProcessor>();
        IMessageQueue results = services.GetRequiredService<CourierStorage>().Results;

        List<Sample> flow = [], bare = [];
        using HttpMessageInvoker client = new(network, disposeHandler: false);
        for (int round = -2; round < Rounds; round++)
        {
            Sample one = await MeasureAsync(i => processor.ProcessAsync(Message(i), CancellationToken.None));
            Sample other = await MeasureAsync(i => CallBareAsync(client, i));
            await EmptyAsync(results);
            if (round < 0)
                continue; // warming up
            flow.Add(one);
            bare.Add(other);
        }

        double microseconds = Median(flow.Select(sample => sample.Microseconds));
        double kilobytes = Median(flow.Select(sample => sample.Kilobytes));
        Console.WriteLine($"  for comparison, the bare HTTP message to the same network: {Median(bare.Select(sample => sample.Microseconds)):0.00} us, {Median(bare.Select(sample => sample.Kilobytes)):0.00} KB");
        return Verdict.Print("time a message", microseconds, "us", 25, isUpper: true)
            & Verdict.Print("allocated a message", kilobytes, "KB", 12, isUpper: true);
    }

    private static async Task<Sample> MeasureAsync(Func<int, Task> act)
    {
        GC.Collect();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Messages; i++)
            await act(i);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return new Sample(time.TotalMicroseconds / Messages, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1024.0 / Messages);
    }

    private static QueuedMessage Message(int i) => new(
        i.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Encoding.UTF8.GetBytes($$"""{"id":"bench-{{i}}","method":"GET","path":"/companies/example.com","query":{"fields":"score,grade"},"metadata":{"row":{{i}} } }"""),
        DateTimeOffset.UnixEpoch, 1);

    private static async Task CallBareAsync(HttpMessageInvoker client, int i)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"https://api.test/companies/example.com?row={i}");
        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task EmptyAsync(IMessageQueue queue)
    {
        int count = 0;
        while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } batch)
        {
            foreach (QueuedMessage message in batch)
                await queue.DeleteAsync(message, CancellationToken.None);
            count += batch.Count;
        }

        if (count != Messages)
            throw new InvalidOperationException($"{count} results of {Messages} messages: the benchmark measured something else.");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private readonly record struct Sample(double Microseconds, double Kilobytes);

    private sealed class InstantApi : HttpMessageHandler
    {
        private static readonly byte[] s_body = """{"domain":"example.com","name":"Example","score":91,"grade":"A"}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new ByteArrayContent(s_body), RequestMessage = request };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            response.Headers.TryAddWithoutValidation("x-request-id", "0HN0000000000");
            return Task.FromResult(response);
        }
    }
}
