using System.Text.Json;
using Courier.Operations.Overview;
using Courier.Page.Acting;
using Courier.Page.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Reading;

/// <summary>What is shown live, as server-sent events. However many look, the storage is asked for one of them; and for none when nobody looks.</summary>
internal sealed class LiveFeed(StatusReader status, CallHistory calls, PageOptions options, RedriveDesk redrives, TimeProvider time) : IDisposable
{
    /// <summary>How often a redrive's progress is told.</summary>
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private CourierStatus? _status;
    private IReadOnlyList<CallMinute> _minutes = [];

    public void Map(WebApplication app) => app.MapGet("/api/live", context => StreamAsync(context, app.Lifetime.ApplicationStopping));

    public void Dispose() => _turn.Dispose();

    private async Task StreamAsync(HttpContext context, CancellationToken stopping)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        LiveState? told = null;
        while (!end.IsCancellationRequested)
        {
            LiveState now = await ReadAsync(end.Token);
            if (now.Status != told?.Status || !now.Redrives.SequenceEqual(told.Redrives))
                await WriteAsync(context, now, end.Token);
            told = now;
            await Task.Delay(s_beat, time, end.Token);
        }
    }

    private static async Task WriteAsync(HttpContext context, LiveState state, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(state, PageJson.Format.LiveState)}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    private async Task<LiveState> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_status is null || time.GetUtcNow() - _readAt >= options.Refresh)
            {
                _status = await status.ReadAsync(cancellationToken);
                _minutes = await calls.ReadAsync(cancellationToken);
                _readAt = time.GetUtcNow();
            }

            return new LiveState(_status, _minutes, redrives.Views);
        }
        finally
        {
            _turn.Release();
        }
    }
}
