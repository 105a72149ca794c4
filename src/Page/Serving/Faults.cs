using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Serving;

/// <summary>What goes wrong is told in one sentence: <c>{"error": "…"}</c>.</summary>
internal static class Faults
{
    public static async Task TellAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has gone.
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
#pragma warning disable CA1031 // Whatever storage throws, the operator reads it here and the next request may succeed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await WriteAsync(context, StatusCodes.Status502BadGateway, $"The storage did not answer as it should: {e.Message.Split('\n')[0]}");
        }
    }

    public static Task WriteAsync(HttpContext context, int status, string why)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // half an answer must not pass for a whole one
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        return context.WriteAsync(new Fault(why), PageJson.Format.Fault);
    }
}
