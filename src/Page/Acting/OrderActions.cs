using System.Globalization;
using Courier.Operations;
using Courier.Operations.Orders;
using Courier.Page.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Acting;

/// <summary>Pause, resume, cancel.</summary>
internal sealed class OrderActions(OrderDesk desk, PageOptions options)
{
    public void Map(WebApplication app)
    {
        app.MapPost("/api/pause", PauseAsync);
        app.MapPost("/api/resume", ResumeAsync);
        app.MapPost("/api/requests/{id}/cancel", CancelAsync);
    }

    private async Task PauseAsync(HttpContext context)
    {
        await desk.PauseAsync(await WhoAsync(context), context.RequestAborted);
        await SayAsync(context, "Paused: within 15 seconds no instance calls any more.");
    }

    private async Task ResumeAsync(HttpContext context)
    {
        bool wasPaused = await desk.ResumeAsync(await WhoAsync(context), context.RequestAborted) is not null;
        await SayAsync(context, wasPaused ? "Resumed: within 15 seconds every instance calls again." : "Nothing was paused.");
    }

    private async Task CancelAsync(HttpContext context)
    {
        string id = Convert.ToString(context.Request.RouteValues["id"], CultureInfo.InvariantCulture)!;
        if (await desk.CancelAsync([id], await WhoAsync(context), context.RequestAborted))
            await SayAsync(context, "Cancelled: if it waits, it becomes a dead letter `cancelled` when it next comes up.");
        else
            await Faults.WriteAsync(context, StatusCodes.Status409Conflict, "Too many orders to cancel stand already; try again in an hour.");
    }

    private async Task<Operator> WhoAsync(HttpContext context) => new(options.Operator, (await context.ReadAsync(PageJson.Format.Reason)).Why);

    private static Task SayAsync(HttpContext context, string said) => context.WriteAsync(new Done(said), PageJson.Format.Done);
}
