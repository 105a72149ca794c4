using System.Collections.Concurrent;
using System.Globalization;
using Courier.Operations;
using Courier.Operations.Redrives;
using Courier.Page.Reading;
using Courier.Page.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Acting;

/// <summary>Plans redrives and runs them in this process; one that was broken off is gone on with when the operator says so.</summary>
internal sealed class RedriveDesk(Redrive redrive, RedriveStore store, PageOptions options, CancellationToken stopping)
{
    private const int MostSkippedShown = 100;
    private const int MostPlans = 16;

    private readonly ConcurrentDictionary<string, RedriveView> _views = new();
    private readonly ConcurrentQueue<(string Id, RedrivePlan Plan)> _plans = new();

    /// <summary>Those of this process, the latest first.</summary>
    public IReadOnlyList<RedriveView> Views => [.. _views.Values.OrderByDescending(view => view.Id, StringComparer.Ordinal)];

    public void Map(WebApplication app)
    {
        app.MapGet("/api/redrives/unfinished", UnfinishedAsync);
        app.MapPost("/api/redrives/plan", PlanAsync);
        app.MapPost("/api/redrives", BeginAsync);
        app.MapPost("/api/redrives/{run}/resume", ResumeAsync);
        app.MapPost("/api/redrives/{run}/cancel", CancelAsync);
    }

    private async Task PlanAsync(HttpContext context)
    {
        RedrivePlan plan = await redrive.PlanAsync(FilterQuery.Read(context.Request.Query), context.RequestAborted);
        string id = Guid.NewGuid().ToString("N");
        _plans.Enqueue((id, plan));
        if (_plans.Count > MostPlans)
            _plans.TryDequeue(out _);
        await context.WriteAsync(new PlanView(id, plan.Blobs.Count, plan.What, plan.Forecast.ClearsAt, plan.Forecast.Waiting), PageJson.Format.PlanView);
    }

    private async Task BeginAsync(HttpContext context)
    {
        RedriveOrder order = await context.ReadAsync(PageJson.Format.RedriveOrder);
        if (_plans.FirstOrDefault(known => known.Id == order.Plan) is not { Plan: { } plan })
        {
            await Faults.WriteAsync(context, StatusCodes.Status409Conflict, "The count is too old: count again.");
            return;
        }

        RedriveRun run = await redrive.BeginAsync(plan, new Operator(options.Operator, order.Why), order.AllAtOnce, context.RequestAborted);
        await context.WriteAsync(Start(run), PageJson.Format.RedriveView);
    }

    private async Task ResumeAsync(HttpContext context)
    {
        if (Run(context) is var id && _views.TryGetValue(id, out RedriveView? known) && known.IsRunning)
            await context.WriteAsync(known, PageJson.Format.RedriveView);
        else if (await store.FindAsync(id, context.RequestAborted) is { } run)
            await context.WriteAsync(Start(run), PageJson.Format.RedriveView);
        else
            await Faults.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such redrive.");
    }

    private async Task CancelAsync(HttpContext context)
    {
        Reason reason = await context.ReadAsync(PageJson.Format.Reason);
        if (await redrive.CancelAsync(Run(context), new Operator(options.Operator, reason.Why), context.RequestAborted))
            await context.WriteAsync(new Done("Nothing more is sent. What was sent is called."), PageJson.Format.Done);
        else
            await Faults.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such redrive.");
    }

    /// <summary>One that runs neither here nor, perhaps, anywhere else.</summary>
    private async Task UnfinishedAsync(HttpContext context)
    {
        RedriveProgress? progress = await store.UnfinishedAsync(context.RequestAborted);
        bool isForeign = progress is not null && !_views.ContainsKey(progress.Run);
        await context.WriteAsync(isForeign ? new RedriveView(progress!.Run, "", progress, [], null, false) : null, PageJson.Format.RedriveView!);
    }

    private static string Run(HttpContext context) => Convert.ToString(context.Request.RouteValues["run"], CultureInfo.InvariantCulture)!;

    private RedriveView Start(RedriveRun run)
    {
        RedriveView view = new(run.Id, run.What, new RedriveProgress(run.Id, RedriveState.Running, run.Blobs.Count), [], null, true);
        _views[run.Id] = view;
        _ = FollowAsync(run, view);
        return view;
    }

    private async Task FollowAsync(RedriveRun run, RedriveView view)
    {
        try
        {
            await foreach (RedriveProgress progress in redrive.RunAsync(run, stopping))
            {
                view = view with { Progress = progress, Skipped = [.. view.Skipped.Concat(progress.NewlySkipped).Take(MostSkippedShown)] };
                _views[run.Id] = view;
            }

            _views[run.Id] = view with { IsRunning = false };
        }
#pragma warning disable CA1031 // Nobody awaits this: what it says, the page shows.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _views[run.Id] = view with { IsRunning = false, Failure = stopping.IsCancellationRequested ? "The page was ended." : e.Message.Split('\n')[0] };
        }
    }
}
