using System.Collections.Concurrent;
using System.Text;
using Courier.ApiSimulator;
using Courier.Operations.Accounting;
using Courier.Storage;

namespace Courier.Chaos;

/// <summary>Looks at all that was written, and at what the API saw, when everything has come to its end.</summary>
internal sealed class Inquest(World world, Post post, Consumer consumer)
{
    /// <summary>What a kill or a storage that is away may make of a request, whatever the API answers.</summary>
    private static readonly string[] s_accidents = ["crashed", "answer-not-kept", "outcome-unknown", "attempts-exhausted"];

    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    public int Requests => post.Accepted.Count;

    public int Lost { get; private set; }

    public IReadOnlyList<Repetition> Repetitions { get; private set; } = [];

    /// <summary>Results and dead letters that came once more.</summary>
    public int WrittenTwice => consumer.Results.Concat(consumer.DeadLetters).Sum(each => each.Value - 1);

    /// <summary>The most calls that the API saw in any window of its quota.</summary>
    public int Window { get; private set; }

    /// <summary>How many of these were carried out within the window before: copies of one request share its slot.</summary>
    public int Again { get; private set; }

    public int Refused { get; private set; }

    /// <summary>How many ended as an accident rather than as their row says, by reason.</summary>
    public Dictionary<string, int> Accidents { get; } = [];

    public async Task RunAsync()
    {
        await FindLostAsync();
        FindEnds();
        Repetitions = [.. Repetition.Of(world.Api.Requests, [.. world.Victims.SelectMany(victim => victim.Kills)], world.Trouble.Faults)];
        foreach (Repetition each in Repetitions.Where(each => each.Why is null))
            _violations.Add($"{each.RequestId} was carried out by {each.First.Id} at {each.First.At:HH:mm:ss.fff} and by {each.Second.Id} at {each.Second.At:HH:mm:ss.fff}, and nothing explains it");
        FindWindow();
        await FindSecretsAsync();
    }

    private async Task FindLostAsync()
    {
        IEnumerable<string> quiet = world.Api.Requests.Where(call => call.Status == 200).Select(call => Repetition.RequestOf(call)).OfType<string>().Where(id => Mix.RowOf(id).Ends == "nothing");
        Account account = await Accounts.OfAsync(world.Storage, post.Accepted.Concat(consumer.NextPages), consumer.Results.Keys.Concat(quiet));
        Lost = account.Missing.Count;
        foreach (string id in account.Missing)
            _violations.Add($"{id} is lost");
        if (!account.IsSettled)
            _violations.Add($"{account.Waiting + account.Unseen} have not come to their end");
    }

    private void FindEnds()
    {
        foreach (string id in post.Accepted)
        {
            string ends = Mix.RowOf(id).Ends, end = consumer.Results.ContainsKey(id) ? "result" : consumer.Reasons.GetValueOrDefault(id) ?? "nothing";
            if (end == ends)
                continue;
            if (s_accidents.Contains(end))
                Accidents[end] = Accidents.GetValueOrDefault(end) + 1;
            else
                _violations.Add($"{id} ended as {end} instead of {ends}");
        }
    }

    private void FindWindow()
    {
        LoggedRequest[] calls = [.. world.Api.Requests.OrderBy(call => call.At)];
        Refused = calls.Count(call => call.Refused);
        for (int first = 0, last = 0; last < calls.Length; last++)
        {
            while (calls[last].At - calls[first].At >= Plan.QuotaWindow)
                first++;
            if (last - first + 1 > Window)
                (Window, Again) = (last - first + 1, RepeatedIn(calls.AsSpan(first..(last + 1))));
        }
    }

    private static int RepeatedIn(ReadOnlySpan<LoggedRequest> window)
    {
        HashSet<string> seen = [];
        int repeated = 0;
        foreach (LoggedRequest call in window)
            repeated += call.Status is >= 200 and < 300 && Repetition.RequestOf(call) is not null && !seen.Add(call.Path) ? 1 : 0;
        return repeated;
    }

    private async Task FindSecretsAsync()
    {
        ConcurrentQueue<string> found = new();
        foreach (IBlobContainer container in new[] { world.Storage.RequestBodies, world.Storage.ResultBodies, world.Storage.DeadLetterRecords, world.Storage.State })
        {
            await Parallel.ForEachAsync(container.ListAsync("", CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, cancellationToken) =>
            {
                if ((await container.ReadAsync(name, cancellationToken))?.Content.Span.IndexOf(Encoding.UTF8.GetBytes(Mix.Key)) >= 0)
                    found.Enqueue($"the key lies in {container.Name}/{name}");
            });
        }

        _violations.AddRange(found);
        if (consumer.Secrets > 0)
            _violations.Add($"the key lies in {consumer.Secrets} messages");
        if (world.Victims.SelectMany(victim => victim.Written).Count(text => text.Contains(Mix.Key, StringComparison.Ordinal)) is var lines and > 0)
            _violations.Add($"the key lies in {lines} log lines");
    }
}
