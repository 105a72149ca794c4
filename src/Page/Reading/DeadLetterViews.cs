using System.Globalization;
using System.Text.Json;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.DeadLetters;
using Courier.Page.Serving;
using Courier.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Reading;

/// <summary>Dead letters: in groups, one by one, and one with all that is known of it.</summary>
internal sealed class DeadLetterViews(DeadLetterBook book)
{
    /// <summary>Whoever looks through more than this wants a narrower filter.</summary>
    private const int MostRows = 200;

    public void Map(WebApplication app)
    {
        app.MapGet("/api/dead-letters", ListAsync);
        app.MapGet("/api/dead-letters/groups", GroupsAsync);
        app.MapGet("/api/dead-letters/{id}", ShowAsync);
    }

    /// <summary>A line of JSON each, written as it is found: the first shows at once, however many there are.</summary>
    private async Task ListAsync(HttpContext context)
    {
        DeadLetterFilter filter = FilterQuery.Read(context.Request.Query);
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        await foreach (DeadLetterSummary letter in book.ListAsync(filter, context.RequestAborted).Take(MostRows + 1).WithCancellation(context.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, letter, OperationsJson.Format.DeadLetterSummary, context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private async Task GroupsAsync(HttpContext context)
    {
        DeadLetterFilter filter = FilterQuery.Read(context.Request.Query);
        await context.WriteAsync(await book.GroupsAsync(filter, context.RequestAborted), PageJson.Format.IReadOnlyListDeadLetterGroup);
    }

    private async Task ShowAsync(HttpContext context)
    {
        string id = Convert.ToString(context.Request.RouteValues["id"], CultureInfo.InvariantCulture)!;
        if (await book.FindAsync(id, context.RequestAborted) is { } record)
            await context.WriteAsync(record, MessageJson.Format.DeadLetterRecord);
        else
            await Faults.WriteAsync(context, StatusCodes.Status404NotFound, "There is no dead letter of this id: it was redriven with success, purged, or never was one.");
    }
}
