using System.Text.Json;
using Courier.Operations.Accounting;
using Courier.Storage;

namespace Courier.Simulation;

/// <summary>Looks at all that was written when everything has come to its end.</summary>
internal sealed class Inquest(World world, TestCourier courier)
{
    private readonly List<string> _violations = [];

    public async Task<IReadOnlyList<string>> FindAsync(bool isDrained)
    {
        if (!isDrained)
            _violations.Add($"{await courier.WaitingAsync()} messages are still on the request queue after hours without trouble");
        await FindSecretsAsync(); // before the queues are read
        List<JsonElement> results = await courier.ResultsAsync();
        List<JsonElement> records = await courier.RecordsAsync();
        FindLost(results, records);
        _violations.AddRange(world.Book.Unexplained);
        if (world.Api.OverWindow > 0)
            _violations.Add($"{world.Api.OverWindow} calls were over the window");
        await FindAlertsAsync();
        FindTicks(results, records);
        return _violations;
    }

    private static string Id(JsonElement document) => document.GetProperty("id").GetString()!;

    private void FindLost(List<JsonElement> results, List<JsonElement> records)
    {
        IEnumerable<string> next = results.Select(result => result.TryGetProperty("page", out JsonElement page) ? page.GetProperty("next").GetString() : null).OfType<string>();
        IEnumerable<Trace> found = results.Select(result => new Trace(Id(result), TraceKind.Done)).Concat(records.Select(record => new Trace(Id(record), TraceKind.Dead)));
        foreach (string id in Account.Of(world.Book.Accepted.Concat(next).Where(id => !IsQuiet(id)), new Traces([.. found])).Missing)
            _violations.Add($"{id} is lost");
    }

    /// <summary>Wants no result: that it was carried out is all.</summary>
    private bool IsQuiet(string id) => id.EndsWith("-quiet", StringComparison.Ordinal) && world.Book.WasCarriedOut(id);

    private async Task FindSecretsAsync()
    {
        foreach (string name in (string[])["api-requests", "api-results", "api-dead-letters", "api-state"])
        {
            IBlobContainer container = world.Storage.Container(name);
            await foreach (string blob in container.ListAsync("", CancellationToken.None))
                FindSecret($"{name}/{blob}", (await container.ReadAsync(blob, CancellationToken.None))!.Content.Span);
        }

        foreach (IMessageQueue queue in (IMessageQueue[])[courier.Storage.Results, courier.Storage.DeadLetters, courier.Storage.Alerts])
        {
            while (await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1), CancellationToken.None) is { Count: > 0 } messages)
            {
                foreach (QueuedMessage message in messages)
                    FindSecret(queue.Name, message.Body.Span);
            }
        }

        await Task.Delay(TimeSpan.FromMinutes(2), world.Clock); // they are visible again
    }

    private void FindSecret(string where, ReadOnlySpan<byte> content)
    {
        if (content.IndexOf("test-key-0"u8) >= 0)
            _violations.Add($"the key lies in {where}");
    }

    /// <summary>An episode that is open is not opened again, unless what was told had been taken away.</summary>
    private async Task FindAlertsAsync()
    {
        Dictionary<string, (string Kind, DateTimeOffset At)> alerts = [];
        while (await courier.Storage.Alerts.ReceiveAsync(32, TimeSpan.FromDays(1), CancellationToken.None) is { Count: > 0 } messages)
        {
            foreach (JsonElement alert in messages.Select(message => JsonElement.Parse(message.Body.Span)))
                alerts[Id(alert)] = (alert.GetProperty("kind").GetString()!, alert.GetProperty("at").GetDateTimeOffset());
        }

        foreach ((string opens, string closes) in new[] { ("api-outage", "api-recovered"), ("credential-rejected", "credential-restored") })
        {
            string[] kinds = [.. alerts.Values.Where(alert => alert.Kind == opens || alert.Kind == closes).OrderBy(alert => alert.At).Select(alert => alert.Kind)];
            if (!world.AlertsWereLost && kinds.Zip(kinds.Skip(1)).Any(pair => pair.First == pair.Second))
                _violations.Add($"{opens} was told twice in one episode: {string.Join(", ", kinds)}");
        }
    }

    /// <summary>Without trouble a tick runs once; with it, again only under its own id.</summary>
    private void FindTicks(List<JsonElement> results, List<JsonElement> records)
    {
        string[] ticks = [.. results.Concat(records).Select(Id).Where(id => id.StartsWith("tick-", StringComparison.Ordinal))];
        if (ticks.Length == 0)
            _violations.Add("no tick of the schedule was run");
        if (world is { Crashes: 0, Faults: 0 } && ticks.Distinct().Count() != ticks.Length)
            _violations.Add("a tick was run twice without trouble");
    }
}
