using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Contracts.Wild;
using Courier.Worker.Tests.Hosting;
using Courier.WorkerHost;

namespace Courier.Worker.Tests.Outcomes;

/// <summary>
/// One run of the published worker over the answers as they come in the wild. Those of 429 come one after the other, an ordinary answer after
/// each: many at once, and nothing else, would be the quota's, and the gate would close.
/// </summary>
public sealed partial class WildRun(PublishedWorker app) : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentDictionary<string, int> _targets = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly List<JsonElement> _results = [];
    private readonly List<JsonElement> _deadLetters = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private WorkerJournal _journal = new();

    public static string IdOf(WildAnswer row) => $"row-{WildAnswers.All.ToList().IndexOf(row)}";

    /// <summary>How often the API was called for it until it was settled.</summary>
    public int Calls(string id) => _calls.GetValueOrDefault(id);

    /// <summary>Where the request has ended, in the words of the row. What waits on the queue is known by its line alone, as to an operator.</summary>
    public string Outcome(string id) => new WildOutcome(_results, _deadLetters, []).Of(id) is { Length: > 0 } end ? end : Later(id);

    public async ValueTask InitializeAsync()
    {
        await using RawApi api = new(Answer);
        await using WorkerWorld world = await WorkerWorld.CreateAsync(app.Folder, [
            .. WildAnswers.Settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
            ("Api__BaseUrl", api.Address.AbsoluteUri), ("Routing__MaxAttempts", "8"), ("Routing__BaseDelay", "01:00:00"), ("Routing__MaxDelay", "01:00:00"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.200"),
        ]);
        _journal = world.Journal;
        await using HostedWorker worker = await world.StartAsync();
        ILookup<bool, WildAnswer> isRefused = WildAnswers.All.ToLookup(row => row.Outcome.EndsWith("429", StringComparison.Ordinal));
        await SettleAsync(world, [.. isRefused[false]]);
        foreach (WildAnswer row in isRefused[true])
        {
            await SettleAsync(world, row);
            string other = $"after-{IdOf(row)}";
            await world.PostAsync($$"""{"id":"{{other}}","method":"GET","path":"/other"}""");
            await WaitAsync(world, () => Outcome(other) == "result 200");
        }

        await worker.StopAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SettleAsync(WorkerWorld world, params WildAnswer[] rows)
    {
        await world.PostAsync(rows.Select(row => $$"""{"id":"{{IdOf(row)}}",{{row.Request.Replace("/list", "/" + IdOf(row), StringComparison.Ordinal)}}}"""));
        await WaitAsync(world, () => rows.All(row => Outcome(IdOf(row)) == row.Outcome));
        foreach (WildAnswer row in rows)
            _calls[IdOf(row)] = _targets.GetValueOrDefault("/" + IdOf(row));
    }

    /// <summary>As long as all the patience lasts: what has not come by then is the tests' matter.</summary>
    private async Task WaitAsync(WorkerWorld world, Func<bool> isDone)
    {
        while (!isDone() && Stopwatch.GetElapsedTime(_start) < s_patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            _results.AddRange(await WorkerWorld.DrainAsync(world.Storage.Results));
            _deadLetters.AddRange(await WorkerWorld.DrainAsync(world.Storage.DeadLetters));
        }
    }

    /// <summary><c>later rate-limited 429</c>; empty when no line says so.</summary>
    private string Later(string id) => new WorkerLines(_journal).Starting($"request.settled {id} ")
        .Select(line => Waits().Match(line.Message)).FirstOrDefault(match => match.Success) is { } waits ? $"later {waits.Groups[1].Value}" : "";

    [GeneratedRegex(@" attempt \d+: (.+) -> reschedule ")]
    private static partial Regex Waits();

    /// <summary>A page after the first gets an empty list, so that the chain ends there.</summary>
    private RawAnswer Answer(string target)
    {
        if (!target.StartsWith("/row-", StringComparison.Ordinal) || target.Contains('?', StringComparison.Ordinal))
            return RawAnswer.Of(200, "Content-Type: application/json\n", "{}");
        WildAnswer row = WildAnswers.All[int.Parse(target.Split('-')[1], null)];
        return row.Answers[Math.Min(_targets.AddOrUpdate(target, 1, (_, count) => count + 1), row.Answers.Length) - 1];
    }
}
