using System.Text.Json;
using Courier.Origin;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Health;

/// <summary>How instances tell each other what they have seen: a blob each.</summary>
public sealed class HealthReports(CourierStorage storage, HealthRecorder recorder, KeyRedaction redaction, IOptions<OutageOptions> options, TimeProvider time)
{
    /// <summary>Where the reports lie.</summary>
    public const string Folder = "health/";

    private readonly Turns _turns = new();

    /// <summary>Whose report a blob is.</summary>
    public static string InstanceOf(string blob) => Path.GetFileNameWithoutExtension(blob);

    /// <summary>Writes this instance's report, if there is anything new.</summary>
    public Task PublishAsync(CancellationToken cancellationToken) =>
        _turns.RunAsync(() => PublishNewsAsync(cancellationToken), cancellationToken); // an earlier report must not overwrite a later one

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

    /// <summary>All instances' reports in one. What is none, or of the future, is passed over; reports of instances that are long gone are deleted.</summary>
    public async Task<HealthWindow> ReadAsync(CancellationToken cancellationToken)
    {
        List<HealthReport> reports = [];
        await foreach (string blob in storage.State.ListAsync(Folder, cancellationToken))
        {
            if (await storage.State.ReadAsync(blob, cancellationToken) is not { } stored)
                continue;
            DateTimeOffset now = time.GetUtcNow();
            HealthReport? report = Parse(stored.Content);
            bool isOfTheFuture = report?.At > now && report.At - now <= options.Value.Lookback;
            if (report is not null && report.Problem(now) is null && now - report.At <= options.Value.Lookback)
                reports.Add(report);
            else if (!isOfTheFuture && !(report?.Version > ISharedDocument.CurrentVersion))
                await storage.State.DeleteAsync(blob, stored.ETag, cancellationToken); // unless it was renewed just now
        }

        return HealthWindow.Merge(reports, options.Value.Lookback, time.GetUtcNow());
    }

    /// <summary>The same for whoever only looks: nothing is deleted.</summary>
    public async Task<HealthWindow> LookAsync(CancellationToken cancellationToken)
    {
        List<HealthReport> reports = [];
        await foreach (string blob in storage.State.ListAsync(Folder, cancellationToken))
        {
            if (await storage.State.ReadAsync(blob, cancellationToken) is { } stored && Parse(stored.Content) is { } report && report.Problem(time.GetUtcNow()) is null)
                reports.Add(report);
        }

        return HealthWindow.Merge(reports, options.Value.Lookback, time.GetUtcNow());
    }

    private static HealthReport? Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, HealthJson.Format.HealthReport);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
