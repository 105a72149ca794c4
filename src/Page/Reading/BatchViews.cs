using System.Globalization;
using Courier.Messages;
using Courier.Operations;
using Courier.Page.Serving;
using Courier.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Reading;

/// <summary>How far a batch has come.</summary>
internal sealed class BatchViews(BatchBook batches)
{
    public void Map(WebApplication app) => app.MapGet("/api/batches/{id}", CountAsync);

    private async Task CountAsync(HttpContext context)
    {
        string id = Convert.ToString(context.Request.RouteValues["id"], CultureInfo.InvariantCulture)!;
        if (!RequestIdentity.IsValid(id))
            throw new FormatException("A batch has 1 to 128 characters out of A-Z a-z 0-9 . _ - .");
        BatchCount count = await batches.CountAsync(id, context.RequestAborted);
        if (count is { Done: 0, Dead: 0, Waiting: 0 })
            await Faults.WriteAsync(context, StatusCodes.Status404NotFound, "Courier has seen no request of this batch yet.");
        else
            await context.WriteAsync(count, OperationsJson.Format.BatchCount);
    }
}
