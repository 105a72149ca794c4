using System.Diagnostics;
using Courier.Contracts;

namespace Courier.Bench.Operations;

/// <summary><c>courier page</c> as a process, asked as a browser asks it.</summary>
internal sealed class PageRun : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private PageRun(Process process, HttpClient client) => (_process, _client) = (process, client);

    public static async Task<PageRun> StartAsync(string connection)
    {
        Process process = ToolRun.Start(connection, "page", "--port", "0", "--read-only");
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"courier page did not start: {await process.StandardError.ReadToEndAsync()}");
        return new PageRun(process, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(line.Split(' ')[2]) });
    }

    /// <summary>Until the first row is there, and until the last is.</summary>
    public async Task<(double First, double All, int Rows)> RowsAsync(string query)
    {
        long begun = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await _client.GetAsync(new Uri("/api/dead-letters" + query, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        (int rows, double first) = (0, 0);
        while (await lines.ReadLineAsync() is { Length: > 0 })
        {
            if (rows++ == 0)
                first = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }

        return (first, Stopwatch.GetElapsedTime(begun).TotalSeconds, rows);
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.Dispose();
    }
}
