using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Courier.Storage;

namespace Courier.Operations.Redrives;

/// <summary>Keeps redrives, so that one which was killed can be gone on with: the set, written once; how far it has come; and whether it is cancelled.</summary>
public sealed class RedriveStore(CourierStorage storage)
{
    private const string Folder = "redrives/";
    private const string Set = "/set.json";
    private const string Progress = "/progress.json";
    private const string Cancelled = "/cancelled";

    public async Task BeginAsync(RedriveRun run, RedriveProgress progress, CancellationToken cancellationToken)
    {
        await WriteAsync(run.Id + Set, run, OperationsJson.Format.RedriveRun, cancellationToken);
        await SaveAsync(progress, cancellationToken);
    }

    public Task SaveAsync(RedriveProgress progress, CancellationToken cancellationToken) =>
        WriteAsync(progress.Run + Progress, progress, OperationsJson.Format.RedriveProgress, cancellationToken);

    /// <summary>Null when there is none, or none that can be read.</summary>
    public async Task<RedriveRun?> FindAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(id + Set, OperationsJson.Format.RedriveRun, cancellationToken) is { Id: not null, Blobs: { } blobs } run && blobs.All(blob => blob is not null) ? run : null;

    /// <inheritdoc cref="FindAsync"/>
    public async Task<RedriveProgress?> ProgressAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(id + Progress, OperationsJson.Format.RedriveProgress, cancellationToken) is { Run: not null, Next: >= 0 } progress && progress.Next <= progress.Total ? progress : null;

    /// <summary>The latest that is neither finished nor stopped nor cancelled; null when there is none.</summary>
    public async Task<RedriveProgress?> UnfinishedAsync(CancellationToken cancellationToken)
    {
        RedriveProgress? latest = null;
        await foreach (string blob in storage.State.ListAsync(Folder, cancellationToken))
        {
            if (blob.EndsWith(Progress, StringComparison.Ordinal) && await ProgressAsync(blob[Folder.Length..^Progress.Length], cancellationToken) is { State: RedriveState.Running } progress)
                latest = progress;
        }

        return latest;
    }

    /// <summary>Whoever runs it stops before it sends more.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) =>
        storage.State.WriteAsync(Folder + id + Cancelled, ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);

    public async Task<bool> IsCancelledAsync(string id, CancellationToken cancellationToken) =>
        await storage.State.ReadAsync(Folder + id + Cancelled, cancellationToken) is not null;

    private Task WriteAsync<T>(string name, T document, JsonTypeInfo<T> format, CancellationToken cancellationToken) =>
        storage.State.WriteAsync(Folder + name, JsonSerializer.SerializeToUtf8Bytes(document, format), "application/json", cancellationToken);

    private async Task<T?> ReadAsync<T>(string name, JsonTypeInfo<T> format, CancellationToken cancellationToken)
        where T : class => await storage.State.ReadAsync(Folder + name, cancellationToken) is { } blob ? Readable.Parse(blob, format) : null;
}
