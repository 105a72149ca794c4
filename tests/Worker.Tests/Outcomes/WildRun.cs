using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Courier.Contracts.Wild;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>One run of the published worker over the answers as they come in the wild. Without those of 429, which keep everybody waiting.</summary>
public sealed class WildRun(PublishedWorker app) : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<string, int> _calls = [];
    private readonly List<JsonElement> _results = [];
    private readonly List<JsonElement> _deadLetters = [];

    public static IReadOnlyList<WildAnswer> Rows { get; } = [.. WildAnswers.All.Where(row => !row.Outcome.Contains("429", StringComparison.Ordinal))];

    public static string IdOf(WildAnswer row) => $"row-{Rows.ToList().IndexOf(row)}";

    public int Calls(string id) => _calls.GetValueOrDefault($"/{id}");

    /// <summary>Where the request has ended, in the words of the row; empty while it waits on the queue.</summary>
    public string Outcome(string id) => new WildOutcome(_results, _deadLetters, []).Of(id);

    public async ValueTask InitializeAsync()
    {
        await using RawApi api = new(Answer);
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, [
            .. WildAnswers.Settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
            ("Api__BaseUrl", api.Address.AbsoluteUri), ("Routing__MaxAttempts", "8"), ("Routing__BaseDelay", "01:00:00"), ("Routing__MaxDelay", "01:00:00"),
        ]);
        await world.PostAsync(Rows.Select(row => $$"""{"id":"{{IdOf(row)}}",{{row.Request.Replace("/list", "/" + IdOf(row), StringComparison.Ordinal)}}}"""));
        await using HostedWorker worker = await world.StartAsync();
        long start = Stopwatch.GetTimestamp();
        while (Rows.Any(row => !IsDone(row)) && Stopwatch.GetElapsedTime(start) < s_patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            _results.AddRange(await WorkerWorld.DrainAsync(world.Storage.Results));
            _deadLetters.AddRange(await WorkerWorld.DrainAsync(world.Storage.DeadLetters));
        }

        await worker.StopAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsDone(WildAnswer row) =>
        Calls(IdOf(row)) >= row.Calls && (row.Outcome.StartsWith("later", StringComparison.Ordinal) || Outcome(IdOf(row)).Length >= row.Outcome.Length);

    /// <summary>A page after the first gets an empty list, so that the chain ends there.</summary>
    private RawAnswer Answer(string target)
    {
        if (target.Contains('?', StringComparison.Ordinal))
            return RawAnswer.Of(200, "Content-Type: application/json\n", "{}");
        WildAnswer row = Rows[int.Parse(target.Split('-')[1], null)];
        return row.Answers[Math.Min(_calls.AddOrUpdate(target, 1, (_, count) => count + 1), row.Answers.Length) - 1];
    }
}
