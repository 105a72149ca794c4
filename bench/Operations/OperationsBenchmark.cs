using System.Diagnostics;
using System.Globalization;
using Courier.AzureStorage;
using Courier.Contracts;
using Microsoft.Extensions.Options;

namespace Courier.Bench.Operations;

/// <summary>
/// (g) 100,000 dead letters of today on the emulator, and the command line and the page in front of them, as processes: how long until all is
/// grouped or listed, until a page shows its first row, and how much memory it takes, against a tenth of them.
/// </summary>
internal static class OperationsBenchmark
{
    private static readonly string[] s_kinds = ["/companies/{0}.example/factors", "/companies/{0}.example", "/portfolios/p{0}/companies", "/reports/{0}"];

    private const int Some = 10_000;
    private const int All = 100_000;

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine($"operations: {All:N0} dead letters of today on the storage emulator, courier as a process");
        await using Azurite emulator = new();
        await emulator.StartAsync();
        StorageAccount account = new(Options.Create(new StorageAccountOptions { ConnectionString = emulator.ConnectionString }));
        long begun = Stopwatch.GetTimestamp();
        await DeadLetterFilling.WriteAsync(account, 0, Some, Request);
        Console.WriteLine($"  {Some:N0} written in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        ToolRun few = await ListAsync(emulator.ConnectionString);
        begun = Stopwatch.GetTimestamp();
        await DeadLetterFilling.WriteAsync(account, Some, All - Some, Request);
        Console.WriteLine($"  {All - Some:N0} more in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");

        TimeSpan bare = await BareListing.MeasureAsync(emulator.ConnectionString, "api-dead-letters", TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd/", CultureInfo.InvariantCulture));
        ToolRun groups = await ToolRun.MeasureAsync(emulator.ConnectionString, "dead-letters", "groups", "--output", "ndjson");
        ToolRun list = await ListAsync(emulator.ConnectionString);
        Console.WriteLine($"  {groups.Lines} groups, {list.Lines:N0} listed; the first row after {list.First.TotalSeconds:0.00} s; {groups.Memory:0} and {list.Memory:0} MB at the most, {few.Memory:0} MB of {few.Lines:N0}");
        Console.WriteLine($"  the emulator alone takes {bare.TotalSeconds:0.0} s to list them");
        bool holds = Verdict.Print("groups", groups.Elapsed.TotalSeconds, "s", 10, isUpper: true);
        holds &= Verdict.Print("list --since today", list.Elapsed.TotalSeconds, "s", 10, isUpper: true);
        holds &= Verdict.Print("groups, against the emulator alone", groups.Elapsed / bare, "x", 1.25, isUpper: true);
        holds &= Verdict.Print("list --since today, against the emulator alone", list.Elapsed / bare, "x", 1.25, isUpper: true);
        holds &= Verdict.Print("memory while listing, above that for a tenth", list.Memory - few.Memory, "MB", 32, isUpper: true);
        return await PageAsync(emulator.ConnectionString) && holds;
    }

    private static async Task<bool> PageAsync(string connection)
    {
        using PageRun page = await PageRun.StartAsync(connection);
        bool holds = true;
        foreach (string query in (string[])["", "?reason=forbidden", $"?since={TimeProvider.System.GetUtcNow():yyyy-MM-dd}"])
        {
            (double first, double all, int rows) = await page.RowsAsync(query);
            holds &= Verdict.Print($"page, first row of /dead-letters{query} ({rows} in {all:0.00} s)", first, "s", 1, isUpper: true);
        }

        return holds;
    }

    private static string Request(int i)
    {
        string path = string.Format(CultureInfo.InvariantCulture, s_kinds[i % s_kinds.Length], i);
        return $$"""{"id":"{{DeadLetterFilling.IdOf(i)}}","method":"GET","path":"{{path}}"}""";
    }

    private static Task<ToolRun> ListAsync(string connection) => ToolRun.MeasureAsync(connection, "dead-letters", "list", "--since", "today", "--output", "ndjson");
}
