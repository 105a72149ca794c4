using System.Globalization;
using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Processing;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Each storage operation of one request's way fails once, in each of the four manners. The table in docs/reliability.md is made here.</summary>
public sealed class OneFaultTests
{
    private const string Begin = "<!-- made by OneFaultTests -->";
    private const string End = "<!-- end -->";

    private static readonly StorageManner[] s_manners = [StorageManner.Refused, StorageManner.Slow, StorageManner.Unanswered, StorageManner.Lost];

    private static readonly (string Name, string Message, int[] Answers, string Body)[] s_ways =
    [
        ("200", """{"id":"r1","method":"POST","path":"/x"}""", [200], "{}"),
        ("200 to a large request, with a long body", $$"""{"id":"r1","method":"POST","path":"/x","body":"{{new string('a', 60_000)}}"}""", [200], $"\"{new string('b', 60_000)}\""),
        ("403", """{"id":"r1","method":"GET","path":"/x"}""", [403], "{}"),
        ("503, then 200", """{"id":"r1","method":"GET","path":"/x"}""", [503, 200], "{}"),
    ];

    [Fact]
    public async Task Table_in_the_documentation_is_what_happens()
    {
        string file = Repository.PathOf("docs", "reliability.md");
        string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        (int begin, int end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        string table = await TableAsync();

        if (Environment.GetEnvironmentVariable("COURIER_WRITE_TABLES") is { Length: > 0 })
            await File.WriteAllTextAsync(file, string.Concat(page.AsSpan(0, begin), "\n", table, page.AsSpan(end)), TestContext.Current.CancellationToken);
        else
            Assert.Equal(table, page[begin..end].TrimStart('\n'));
    }

    private static async Task<string> TableAsync()
    {
        StringBuilder table = new("| the API's answer | operation | refused | slow | done, not answered | lost on its way |\n|---|---|---|---|---|---|\n");
        foreach ((string name, string message, int[] answers, string body) in s_ways)
        {
            List<string> operations = [];
            await RunAsync(message, answers, body, operations, null, StorageManner.Well);
            for (int at = 0; at < operations.Count; at++)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {(at == 0 ? name : "")} | {operations[at]} |");
                foreach (StorageManner manner in s_manners)
                    table.Append(CultureInfo.InvariantCulture, $" {await RunAsync(message, answers, body, [], at, manner)} |");
                table.Append('\n');
            }
        }

        return table.ToString();
    }

    /// <param name="fault">The operation of this number goes in that manner, counted from zero.</param>
    /// <returns>What became of the request.</returns>
    private static async Task<string> RunAsync(string message, int[] answers, string body, List<string> operations, int? fault, StorageManner manner)
    {
        FakeClock clock = new();
        bool isCounted = false;
        FaultyStorage storage = new(new InMemoryStorage(clock), clock, operation =>
        {
            if (!isCounted)
                return StorageManner.Well;
            operations.Add(operation.Place == "api-state" ? $"{operation.Verb} {operation.Place}/{operation.Blob}" : operation.ToString());
            return operations.Count - 1 == fault ? manner : StorageManner.Well;
        });
        int calls = 0;
        await using TestCourier courier = TestCourier.Create(
            new StubApi((_, _) => Task.FromResult(TestAnswers.Create(answers[Math.Min(calls++, answers.Length - 1)], body))), clock, [new("Quota:Limit", "5000")], storage);
        await courier.PostLargeAsync(message);

        isCounted = true;
        await DrainAsync(courier);
        isCounted = false;

        List<JsonElement> results = await courier.ResultsAsync();
        List<JsonElement> records = await courier.RecordsAsync();
        Assert.NotEqual(0, results.Count + records.Count); // never lost
        Assert.InRange(calls, answers.Length, answers.Length + 1);
        string ends = results.Count > 0 ? Count(results.Count, "result") : "dead letter" + (records[0].GetProperty("reason").GetString() is "forbidden" ? "" : " " + records[0].GetProperty("reason").GetString());
        return $"{ends}{(calls > answers.Length ? ", called again" : "")}";
    }

    private static string Count(int count, string what) => count == 1 ? what : $"{count} {what}s";

    /// <summary>As a host does: what fails comes back after half a minute.</summary>
    private static Task DrainAsync(TestCourier courier) => courier.Clock.RunAsync(async () =>
    {
        for (int i = 0; i < 100; i++)
        {
            foreach (QueuedMessage message in await TryAsync(() => courier.Storage.Requests.ReceiveAsync(32, TimeSpan.FromMinutes(10), CancellationToken.None)) ?? [])
            {
                if (await TryAsync(() => HandleAsync(courier, message)) is null)
                    await TryAsync(() => courier.Storage.Requests.RenewAsync(message, TimeSpan.FromSeconds(30), CancellationToken.None));
            }

            if (await ((FaultyStorage)courier.Account).Inner.Queue("api-requests").CountAsync(CancellationToken.None) == 0)
                break;
            await Task.Delay(TimeSpan.FromSeconds(30), courier.Clock);
        }
    });

    private static async Task<QueuedMessage?> HandleAsync(TestCourier courier, QueuedMessage message)
    {
        await courier.Get<RequestProcessor>().ProcessAsync(message, CancellationToken.None);
        await courier.Storage.Requests.DeleteAsync(message, CancellationToken.None);
        return message;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> run)
        where T : class?
    {
        try
        {
            return await run();
        }
        catch (StorageFailureException)
        {
            return null;
        }
    }
}
