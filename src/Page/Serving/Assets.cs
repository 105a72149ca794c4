using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Page.Serving;

/// <summary>The page's files, out of this assembly.</summary>
internal static class Assets
{
    private const string Prefix = "web/";

    private static readonly string[] s_views = ["/", "/dead-letters", "/requests/{id}", "/batches", "/schedules", "/alerts"];

    private static readonly FrozenDictionary<string, byte[]> s_files = typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public static void Map(WebApplication app, PageGuard guard, PageOptions options)
    {
        byte[] index = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(s_files["index.html"])
            .Replace("{token}", guard.Token, StringComparison.Ordinal)
            .Replace("{read-only}", options.IsReadOnly ? "true" : "false", StringComparison.Ordinal));
        foreach (string view in s_views)
            app.MapGet(view, context => WriteAsync(context, "index.html", index));
        app.MapGet("/assets/{name}", context => s_files.TryGetValue((string)context.Request.RouteValues["name"]!, out byte[]? file)
            ? WriteAsync(context, (string)context.Request.RouteValues["name"]!, file)
            : Faults.WriteAsync(context, StatusCodes.Status404NotFound, "There is no such file."));
    }

    private static Task WriteAsync(HttpContext context, string name, byte[] file)
    {
        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/javascript; charset=utf-8",
        };
        context.Response.ContentLength = file.Length;
        return context.Response.Body.WriteAsync(file, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] file = new byte[resource.Length];
        resource.ReadExactly(file);
        return file;
    }
}
