using System.Globalization;
using System.Net;
using System.Text.Unicode;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// One process's measurement of the flow of one message without I/O: storage in memory, and a network that answers at once. Everything else
/// is the real thing. <see cref="FlowComparison"/> runs it in this build and, from this same file, in an earlier one.
/// </summary>
internal static class FlowBenchmark
{
    /// <summary>Begins the line with what was measured: microseconds of processor time and kilobytes a message.</summary>
    public const string Mark = "flow-sample ";

    private const int Messages = 20_000;

    /// <summary>So many results lie in the queue at most: a queue in memory that grows would make the garbage collector's copying of it a part of the measurement.</summary>
    private const int Batch = 250;

    private const int WarmUps = 10;
    private const int Rounds = 5;

    public static async Task<bool> RunAsync()
    {
        await using ServiceProvider services = BenchCourier.Create(new InMemoryStorage(TimeProvider.System), new Uri("https://api.test"), new InstantApi());
        RequestProcessor processor = services.GetRequiredService<RequestProcessor>();
        IMessageQueue results = services.GetRequiredService<CourierStorage>().Results;

        List<(double Microseconds, double Kilobytes)> rounds = [];
        for (int round = -WarmUps; round < Rounds; round++)
        {
            (double, double) measured = await MeasureAsync(processor, results);
            if (round >= 0)
                rounds.Add(measured);
            else
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System); // for the compiler in the background
        }

        // The least of each: what else the machine does only ever adds.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Mark}{rounds.Min(round => round.Microseconds):0.000} {rounds.Min(round => round.Kilobytes):0.000}"));
        return true;
    }

    private static async Task<(double Microseconds, double Kilobytes)> MeasureAsync(RequestProcessor processor, IMessageQueue results)
    {
        TimeSpan time = TimeSpan.Zero;
        long bytes = 0;
        GC.Collect();
        for (int first = 0; first < Messages; first += Batch)
        {
            long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan before = Environment.CpuUsage.TotalTime;
            for (int i = first; i < first + Batch; i++)
                await processor.ProcessAsync(Message(i), CancellationToken.None);
            time += Environment.CpuUsage.TotalTime - before;
            bytes += GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
            await EmptyAsync(results);
        }

        return (time.TotalMicroseconds / Messages, bytes / 1024.0 / Messages);
    }

    private static QueuedMessage Message(int i)
    {
        Span<byte> text = stackalloc byte[256];
        Utf8.TryWrite(text, $$"""{"id":"bench-{{i}}","method":"GET","path":"/companies/example.com","query":{"fields":"score,grade"},"metadata":{"row":{{i}} } }""", out int length);
        return new QueuedMessage("1", text[..length].ToArray(), DateTimeOffset.UnixEpoch, 1);
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

        if (count != Batch)
            throw new InvalidOperationException($"{count} results of {Batch} messages: the benchmark measured something else.");
    }

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
