using System.Runtime.CompilerServices;
using Courier.Quota;
using Courier.Storage;

namespace Courier.Operations.Examination;

/// <summary>Looks at every queue and container, makes those that are missing, and compares this machine's clock with the storage's.</summary>
public sealed class StorageExamination(CourierStorage storage, TimeProvider time)
{
    /// <summary>Clocks that differ by less need no word: the storage tells whole seconds.</summary>
    private static readonly TimeSpan s_smallSkew = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<Diagnosis> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IMessageQueue queue in new[] { storage.Requests, storage.Poison, storage.Results, storage.DeadLetters, storage.Alerts })
            yield return await ExamineAsync($"queue {queue.Name}", async () => Diagnosis.Good($"queue {queue.Name}", $"{await queue.CountAsync(cancellationToken)} messages."));
        foreach (IBlobContainer container in new[] { storage.RequestBodies, storage.ResultBodies, storage.DeadLetterRecords, storage.State })
            yield return await ExamineAsync($"container {container.Name}", () => WriteAndReadAsync(container, cancellationToken));
        yield return await ExamineAsync("clock", () => CompareClocksAsync(cancellationToken));
    }

    private static async Task<Diagnosis> ExamineAsync(string what, Func<Task<Diagnosis>> look)
    {
        try
        {
            return await look();
        }
        catch (StorageFailureException e)
        {
            return Diagnosis.Bad(what, e.Problem, e.Remedy ?? "Look whether AzureWebJobsStorage names the right account, whether the account can be reached from here, and try again.");
        }
    }

    private static async Task<Diagnosis> WriteAndReadAsync(IBlobContainer container, CancellationToken cancellationToken)
    {
        string blob = BlobOfOurs();
        await container.WriteAsync(blob, "examined"u8.ToArray(), "text/plain", cancellationToken);
        bool isThere = await container.ReadAsync(blob, cancellationToken) is not null;
        await container.DeleteAsync(blob, cancellationToken);
        string what = $"container {container.Name}";
        return isThere
            ? Diagnosis.Good(what, "Can be written, read and deleted from.")
            : Diagnosis.Bad(what, "What was just written is not there.", "Look whether something else deletes blobs there: a lifecycle rule, or another program.");
    }

    private async Task<Diagnosis> CompareClocksAsync(CancellationToken cancellationToken)
    {
        string blob = BlobOfOurs();
        await storage.State.WriteAsync(blob, "examined"u8.ToArray(), "text/plain", cancellationToken);
        DateTimeOffset? theirs = (await storage.State.ReadAsync(blob, cancellationToken))?.ServedAt;
        TimeSpan skew = time.GetUtcNow() - (theirs ?? time.GetUtcNow());
        await storage.State.DeleteAsync(blob, cancellationToken);
        string finding = $"This machine's clock and the storage's differ by {Math.Abs(skew.TotalSeconds):0} s.";
        const string remedy = "Set this machine's clock (NTP): an instance whose clock is wrong takes no part in the quota.";
        return theirs is null ? Diagnosis.Good("clock", "The storage has no clock of its own.")
            : skew.Duration() > LedgerStore.MostSkew ? Diagnosis.Bad("clock", finding, remedy)
            : skew.Duration() > s_smallSkew ? Diagnosis.Doubtful("clock", finding, remedy)
            : Diagnosis.Good("clock", finding);
    }

    private static string BlobOfOurs() => $"doctor/{Guid.CreateVersion7():N}.txt";
}
