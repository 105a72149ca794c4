using System.Text.Json;
using Courier.Origin;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Health;

/// <summary>How instances tell each other what they have seen: a blob each.</summary>
public sealed class HealthReports(CourierStorage storage, HealthRecorder recorder, KeyRedaction redaction, IOptions<OutageOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Where the reports lie.</summary>
    public const string Folder = "health/";

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Whose report a blob is.</summary>
    public static string InstanceOf(string blob) => Path.GetFileNameWithoutExtension(blob);

    /// <summary>Writes this instance's report, if there is anything new.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken); // an earlier report must not overwrite a later one
        try
        {
            await PublishNewsAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task PublishNewsAsync(CancellationToken cancellationToken)
    {
        if (recorder.News() is not { } report)
            return;
        try
        {
            ReadOnlyMemory<byte> content = redaction.Clean(JsonSerializer.SerializeToUtf8Bytes(report, HealthJson.Format.HealthReport));
            await storage.State.WriteAsync($"{Folder}{report.Instance}.json", content, "application/json", cancellationToken);
        }
        catch
        {
            recorder.TellAgain();
            throw;
        }
    }

    /// <summary>All instances' reports in one. Reports of instances that are long gone are deleted.</summary>
    public async Task<HealthWindow> ReadAsync(CancellationToken cancellationToken)
    {
        List<HealthReport> reports = [];
        await foreach (string blob in storage.State.ListAsync(Folder, cancellationToken))
        {
            HealthReport? report = await ReadAsync(blob, cancellationToken);
            if (report is not null && time.GetUtcNow() - report.At <= options.Value.Lookback)
                reports.Add(report);
            else
                await storage.State.DeleteAsync(blob, cancellationToken);
        }

        return HealthWindow.Merge(reports, options.Value.Lookback, time.GetUtcNow());
    }

    /// <summary>The same for whoever only looks: nothing is deleted.</summary>
    public async Task<HealthWindow> LookAsync(CancellationToken cancellationToken)
    {
        List<HealthReport> reports = [];
        await foreach (string blob in storage.State.ListAsync(Folder, cancellationToken))
        {
            if (await ReadAsync(blob, cancellationToken) is { } report)
                reports.Add(report);
        }

        return HealthWindow.Merge(reports, options.Value.Lookback, time.GetUtcNow());
    }

    private async Task<HealthReport?> ReadAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            HealthReport? report = await storage.State.ReadAsync(blob, cancellationToken) is { } stored
                ? JsonSerializer.Deserialize(stored.Content.Span, HealthJson.Format.HealthReport)
                : null;
            return report is { Buckets: not null, FailedCalls: not null, DeadLetters: not null } ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
