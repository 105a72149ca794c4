using Courier.Operations.Overview;
using Courier.Page.Serving;
using Courier.Watch;
using Microsoft.AspNetCore.Builder;

namespace Courier.Page.Reading;

/// <summary>The alerts of the past. What stands now is told live.</summary>
internal sealed class AlertViews(SharedDocuments documents)
{
    public void Map(WebApplication app) => app.MapGet("/api/alerts", async context =>
        await context.WriteAsync(await documents.AlertHistoryAsync(context.RequestAborted), WatchJson.Format.AlertHistory));
}
