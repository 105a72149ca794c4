using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Courier.Alerts;
using Courier.Health;
using Courier.Quota;
using Courier.Watch;

namespace Courier.Page.Tests;

/// <summary>What happened before a test began, as the instances would have left it in their shared documents.</summary>
internal static class Past
{
    extension(Desk desk)
    {
        /// <summary>An outage was told and is over, then many dead letters; a silence lasts.</summary>
        public async Task TellAsync()
        {
            DateTimeOffset now = desk.Courier.Now, outage = now.AddHours(-5), silence = now.AddMinutes(-70);
            AlertHistory history = new(
            [
                new AlertEpisode(AlertKind.ApiOutage, outage, outage.AddMinutes(3), "Calls to api.test fail.", outage.AddMinutes(25), 1),
                new AlertEpisode(AlertKind.DeadLettersRising, now.AddHours(-4), now.AddHours(-3.5), "12 requests became dead letters within the last hour."),
                new AlertEpisode(AlertKind.Silence, silence, now.AddMinutes(-10), "Calls were expected, and none has succeeded."),
            ]);
            await desk.WriteAsync(AlertHistory.Blob, history, WatchJson.Format.AlertHistory);
            await desk.WriteAsync(AlertState.Blob, new AlertState { WatchingSince = outage, SilenceSince = silence }, WatchJson.Format.AlertState);
        }

        /// <summary>An hour of calls that rose and fell, some of which failed, and a backlog that the quota does not let through at once.</summary>
        public async Task CallAsync()
        {
            DateTimeOffset now = HealthBucket.Floor(desk.Courier.Now, TimeSpan.FromMinutes(1));
            int[] calls = [.. Enumerable.Range(0, 60).Select(i => 78 + (int)(70 * Math.Sin(i / 9.0)))];
            HealthBucket[] buckets = [.. calls.Index().Select(minute => new HealthBucket(now.AddMinutes(minute.Index - 60), minute.Item, minute.Index is > 30 and < 36 ? minute.Item / 2 : 0, minute.Index == 40 ? 6 : 0))];
            await desk.WriteAsync("health/4f0e9c5a1b.json", new HealthReport("4f0e9c5a1b", now, buckets, [], [], now), HealthJson.Format.HealthReport);
            RunLog charges = calls.Index().Aggregate(RunLog.Empty, (log, minute) => log.Add(new Run(now.AddMinutes(minute.Index - 60), TimeSpan.FromMinutes(1) / minute.Item, minute.Item)));
            LedgerState ledger = LedgerState.Fresh(new string('a', 32), 0, now) with { Charges = charges, Tail = 700 };
            await desk.WriteAsync(LedgerStore.Blob, ledger, QuotaJson.Format.LedgerState);
        }

        private Task WriteAsync<T>(string blob, T document, JsonTypeInfo<T> format) =>
            desk.Courier.Storage.State.WriteAsync(blob, JsonSerializer.SerializeToUtf8Bytes(document, format), "application/json", TestContext.Current.CancellationToken);
    }
}
