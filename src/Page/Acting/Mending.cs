using System.Diagnostics;
using System.Globalization;
using Courier.Messages;
using Courier.Operations;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;
using Courier.Page.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Acting;

/// <summary>Sends one dead letter back after an operator has mended its request.</summary>
internal sealed class Mending(DeadLetterBook book, RedriveSender sender, AuditLog audit, PageOptions options)
{
    /// <summary>What the marks of such redrives say in place of a run.</summary>
    private const string Run = "edit";

    public void Map(WebApplication app) => app.MapPost("/api/dead-letters/{id}/mend", MendAsync);

    private async Task MendAsync(HttpContext context)
    {
        string id = Convert.ToString(context.Request.RouteValues["id"], CultureInfo.InvariantCulture)!;
        MendedRequest mended = await context.ReadAsync(PageJson.Format.MendedRequest);
        if (await book.FindAsync(id, context.RequestAborted) is not { } record)
        {
            await Faults.WriteAsync(context, StatusCodes.Status404NotFound, "It is no dead letter any more.");
            return;
        }

        await TellAsync(context, await SendAsync(record, mended, context.RequestAborted));
    }

    private async Task<Sending> SendAsync(DeadLetterRecord record, MendedRequest mended, CancellationToken cancellationToken)
    {
        Sending sending = await sender.SendAsync(record, mended.Request, Run, cancellationToken);
        if (sending is Sending.Sent)
            await audit.WriteAsync(new Operator(options.Operator, mended.Why), "redrive-edited", record.Id, 1, cancellationToken);
        return sending;
    }

    private static Task TellAsync(HttpContext context, Sending sending) => sending switch
    {
        Sending.Sent => context.WriteAsync(new Done("Sent back. Its record stays until the new outcome stands."), PageJson.Format.Done),
        Sending.Skipped skipped => Faults.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, skipped.Letter.Why),
        _ => throw new UnreachableException(),
    };
}
