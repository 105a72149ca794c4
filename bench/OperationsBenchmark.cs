using System.Globalization;
using System.Text.Json;
using Courier.AzureStorage;
using Courier.Contracts;
using Courier.Messages;
using Courier.Operations.DeadLetters;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Bench;

/// <summary>100,000 dead letters on the emulator: how long grouping, listing a day of them and the first row take, and how much memory.</summary>
internal static class OperationsBenchmark
{
    private const int Count = 100_000;
    private const int AtOnce = 64;

    public static async Task<bool> RunAsync()
    {
        await using Azurite azurite = new();
        await azurite.StartAsync();
        CourierStorage storage = new(new StorageAccount(Options.Create(new StorageAccountOptions { ConnectionString = azurite.ConnectionString })), Options.Create(new QueueOptions()));
        await storage.DeadLetterRecords.EnsureExistsAsync(CancellationToken.None);
        Console.WriteLine($"operations: {Count} dead letters on the storage emulator");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancelled) => await WriteAsync(storage, Record(i, now), cancelled));

        DeadLetterBook book = new(storage, TimeProvider.System);
        double before = Live();
        long begun = TimeProvider.System.GetTimestamp();
        IReadOnlyList<DeadLetterGroup> groups = await book.GroupsAsync(new DeadLetterFilter(), CancellationToken.None);
        double grouped = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;

        begun = TimeProvider.System.GetTimestamp();
        (double first, double most, int listed) = (0, 0, 0);
        await foreach (DeadLetterSummary _ in book.ListAsync(new DeadLetterFilter { Since = now.AddHours(-12) }, CancellationToken.None))
        {
            if (listed++ == 0)
                first = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            if (listed % 10_000 == 0)
                most = Math.Max(most, Live() - before);
        }

        double all = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine($"  {groups.Count} groups of {groups.Sum(group => group.Count)}; {listed} listed");
        bool holds = Verdict.Print("groups", grouped, "s", 10, isUpper: true);
        holds &= Verdict.Print("list of half a day", all, "s", 10, isUpper: true);
        holds &= Verdict.Print("its first row", first, "s", 1, isUpper: true);
        return Verdict.Print("memory in use while listing, above that before", most, "MB", 32, isUpper: true) && holds;
    }

    private static double Live() => GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0;

    private static Task WriteAsync(CourierStorage storage, DeadLetterRecord record, CancellationToken cancellationToken)
    {
        DeadLetterSummary summary = DeadLetterSummary.Of(record);
        return storage.DeadLetterRecords.WriteAsync(summary.Blob, JsonSerializer.SerializeToUtf8Bytes(record, MessageJson.Format.DeadLetterRecord), "application/json", summary.Labels, cancellationToken);
    }

    private static DeadLetterRecord Record(int i, DateTimeOffset now) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"r{i:000000}"),
        Reason = i % 10 == 0 ? "forbidden" : "not-found",
        Status = i % 10 == 0 ? 403 : 404,
        Title = "Not found",
        Cause = "There is no such resource.",
        Remedies = ["Check the path."],
        Request = JsonElement.Parse($$"""{"id":"r{{i}}","method":"GET","path":"/companies/c{{i}}.example/factors"}"""),
        Attempts = [],
        FirstSeenAt = now,
        DeadLetteredAt = now,
    };
}
