using System.Globalization;
using System.Text;
using Courier.Configuration;
using Courier.Contracts;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Courier.Tests.Fuzzing;

/// <summary>
/// Generated messages through the whole flow, reader and guard first: no exception, no call but below the base address, and no secret in what
/// is written for others. How many, and the seed: <see cref="Fuzz"/>. The copies on the request queue are the sender's own words, and are not looked at.
/// </summary>
public sealed class MessageFuzzTests(ITestOutputHelper output)
{
    private const int Batch = 500;

    private static readonly string[] s_bases = ["https://api.test", "https://api.test/v1", "https://api.test:8443/a/b/"];
    private static readonly string[] s_keys = [TestCourier.Key, "sk+Live/9\"a&b<c="];

    [Fact]
    public async Task No_message_breaks_the_flow_leads_a_call_astray_or_spreads_a_secret()
    {
        int batches = (Fuzz.Messages + Batch - 1) / Batch, calls = 0, written = 0;
        await Parallel.ForAsync(0, batches, TestContext.Current.CancellationToken, async (batch, _) =>
        {
            (int called, int texts) = await RunAsync(Fuzz.Seed + batch);
            Interlocked.Add(ref calls, called);
            Interlocked.Add(ref written, texts);
        });

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{batches * Batch} messages from seed {Fuzz.Seed}: {calls} calls, {written} texts written, 0 exceptions, 0 calls elsewhere, 0 secrets"));
        Assert.InRange(calls, batches * Batch / 10, int.MaxValue); // else it would be no test of what is called
        Assert.InRange(written, batches * Batch, int.MaxValue);
    }

    private static async Task<(int Calls, int Texts)> RunAsync(int seed)
    {
        Random random = new(seed);
        string[] secrets = [s_keys[seed % 2], "tenant/Secret-42"];
        Uri home = new(s_bases[seed % s_bases.Length]);
        bool isEdited = seed % 4 == 0;
        MessageGenerator generator = new(random, secrets, isEdited);
        EchoApi api = new(random, home, secrets, generator);
        LogText log = new();
        await using TestCourier courier = new(CreateSetup(api, log, home, secrets));
        for (int number = 0; number < Batch; number++)
        {
            byte[] message = generator.Next();
            await courier.Storage.Requests.SendAsync(message, TimeSpan.Zero, CancellationToken.None);
            try
            {
                await courier.ProcessAsync();
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, message {number}: {e.GetType().Name} {e.Message} {e.StackTrace}\n{Encoding.UTF8.GetString(message)}");
            }
        }

        Assert.True(api.Elsewhere.Count == 0, $"seed {seed}: {string.Join(' ', api.Elsewhere)} was called");
        SecretOracle oracle = new(secrets, rounds: isEdited ? 1 : 4); // half an escape, undone again and again, may become a character that nobody wrote
        int texts = 0;
        foreach (string text in await WrittenAsync(courier.Storage, log))
        {
            texts++;
            Assert.True(oracle.Find(text) is not { } found, $"seed {seed}: …{oracle.Find(text)}…\n{text}");
        }

        return (api.Calls, texts);
    }

    private static CourierSetup CreateSetup(EchoApi api, LogText log, Uri home, string[] secrets) => new()
    {
        Api = api,
        Settings = new Dictionary<string, string?>
        {
            ["Api:BaseUrl"] = home.OriginalString,
            ["Api:Key"] = secrets[0],
            ["Api:Headers:X-Tenant"] = secrets[1],
            ["Resilience:BreakerMinimumThroughput"] = "1000000",
        },
        Register = (services, configuration) =>
        {
            services.AddLogging(logging => logging.AddProvider(log));
            return services.AddCourierCore(configuration);
        },
    };

    /// <summary>Results and doorbells, the blobs of both, and the log.</summary>
    private static async Task<List<string>> WrittenAsync(CourierStorage storage, LogText log)
    {
        List<string> texts = [.. log.Lines];
        foreach (IMessageQueue queue in new[] { storage.Results, storage.DeadLetters, storage.Alerts })
        {
            while (await queue.ReceiveAsync(32, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } received)
                texts.AddRange(received.Select(message => Encoding.UTF8.GetString(message.Body.Span)));
        }

        foreach (IBlobContainer container in new[] { storage.ResultBodies, storage.DeadLetterRecords })
        {
            await foreach (ListedBlob blob in container.ListLabelledAsync("", CancellationToken.None))
            {
                texts.Add(Encoding.UTF8.GetString((await container.ReadAsync(blob.Name, CancellationToken.None))!.Content.Span));
                texts.AddRange(blob.Labels.Values.Select(Uri.UnescapeDataString));
            }
        }

        return texts;
    }

    private sealed class LogText : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
