using System.Globalization;
using Courier.Contracts.Wild;

namespace Courier.Tests.Answers;

/// <summary>
/// A hundred thousand generated answers through the real connections of HttpClient, without sockets. Another seed: environment variable
/// <c>COURIER_FUZZ_SEED</c>; the seed of a run that failed stands in its message.
/// </summary>
public sealed class AnswerFuzzTests
{
    private const int Answers = 100_000;
    private const int Batch = 500;

    private static readonly Dictionary<string, string?> s_settings = new(WildAnswers.Settings) 
    {
        ["Api:MaxResponseBytes"] = "4096",
        ["Resilience:AttemptTimeout"] = "00:01:00",
        ["Resilience:TotalTimeout"] = "00:02:00",
        ["Resilience:BaseDelay"] = "0",
        ["Resilience:BreakerMinimumThroughput"] = "1000000",
    };

    [Fact]
    public async Task Every_request_ends_in_one_place_with_the_status_that_was_sent()
    {
        int seed = int.Parse(Environment.GetEnvironmentVariable("COURIER_FUZZ_SEED") ?? "20261128", CultureInfo.InvariantCulture);
        await Parallel.ForAsync(0, Answers / Batch, TestContext.Current.CancellationToken, async (batch, _) => await RunAsync(seed + batch));
    }

    private static async Task RunAsync(int seed)
    {
        Random random = new(seed);
        GeneratedAnswer[] answers = [.. Enumerable.Range(0, Batch).Select(_ => GeneratedAnswer.Make(random))];
        await using ScriptedNetwork network = new(answers);
        await using WildCourier courier = new(new Uri("http://127.0.0.1:1"), s_settings, network.Connections);
        for (int number = 0; number < Batch; number++)
            await courier.ProcessAsync($$"""{"id":"r{{number}}",{{answers[number].Request(number)}}}"""); // an exception here is one that reaches the host

        WildOutcome outcome = await courier.TakeAsync();
        for (int number = 0; number < Batch; number++)
        {
            string fault = answers[number].Fault(outcome.Of($"r{number}"), network.Calls(number));
            Assert.True(fault.Length == 0, $"seed {seed}, answer {number}: {fault}\n{answers[number]}");
        }
    }
}
