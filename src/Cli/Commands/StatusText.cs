using Courier.Cli.Output;
using Courier.Operations.Overview;
using Spectre.Console;

namespace Courier.Cli.Commands;

/// <summary>A status as a person reads it.</summary>
internal static class StatusText
{
    public static void Write(CourierStatus status)
    {
        foreach (string warning in Warnings(status))
            Terminal.Line($"[yellow]{warning}[/]");
        Table table = Terminal.Table("", "");
        table.HideHeaders();
        foreach ((string name, string value) in Rows(status))
            table.AddRow($"[bold]{name}[/]", value);
        Terminal.Write(table);
    }

    private static IEnumerable<string> Warnings(CourierStatus status)
    {
        if (status.Pause is { } pause)
            yield return $"Paused since {Words.Moment(pause.Since)} by {Terminal.Safe(pause.By)}{(pause.Why is { } why ? ": " + Terminal.Safe(why) : "")}. 'courier resume' ends it.";
        if (status.HeldSince is { } held)
            yield return $"The API refuses the key since {Words.Moment(held)}: nothing is called until Api:Key holds a valid one.";
        if (status.OutageSince is { } outage)
            yield return $"The API is out of order since {Words.Moment(outage)}.";
        if (status.SilenceSince is { } silence)
            yield return $"Calls are expected, and none has succeeded since {Words.Moment(silence)}.";
        if (status.StorageBlockedSince is { } blocked)
            yield return $"The storage refuses what Courier needs since {Words.Moment(blocked)}: 'courier doctor' says what.";
        if (status.Quota.ClosedUntil is { } until)
            yield return $"The API refused a call because of the quota: nothing is called until {Words.Moment(until)}.";
    }

    private static IEnumerable<(string Name, string Value)> Rows(CourierStatus status)
    {
        QuotaStatus quota = status.Quota;
        yield return ("at", Words.Moment(status.At));
        yield return ("waiting", $"{Words.Count(status.Queues.Requests)}{(status.WaitingSince is { } since ? $", the next one first seen {Words.Age(since, status.At)}" : "")}");
        yield return ("forecast", Terminal.Safe(status.Forecast.ToString()));
        yield return ("quota", $"{Words.Count(quota.Used)} of {Words.Count(quota.Usable)} used in {Words.Span(quota.Window)} (limit {Words.Count(quota.Limit)}), {Words.Count(quota.Left)} free now, {Words.Count(quota.InLine)} in line");
        yield return ("high priority", $"{Words.Count(quota.High)} of {Words.Count(quota.HighCap)}");
        if (quota.Others > 0)
            yield return ("other users", $"{Words.Count(quota.Others)} calls of the limit");
        yield return ("results", Words.Count(status.Queues.Results));
        yield return ("poison", Words.Count(status.Queues.Poison));
        yield return ("dead letters", DeadLetters(status.DeadLetters));
        if (status.Cancellations > 0)
            yield return ("cancellations", Words.Count(status.Cancellations));
        foreach (ScheduleStatus schedule in status.Schedules)
            yield return ("schedule", $"{Terminal.Safe(schedule.Name)}: {(schedule.When is { } when ? $"{Terminal.Safe(when)}; " : "")}last {Words.Moment(schedule.Last)}{(schedule.RunningSince is null ? "" : ", running")}{(schedule.Next is { } next ? $", next {Words.Moment(next)}" : "")}");
        yield return ("instances", Instances(status));
    }

    private static string DeadLetters(DeadLetterTally tally)
    {
        string reasons = string.Join(", ", tally.ByReason.Select(reason => $"{Words.Count(reason.Value)} {Terminal.Safe(reason.Key)}"));
        return tally.Count == 0 ? "0"
            : tally.IsComplete ? $"{Words.Count(tally.Count)}: {reasons}"
            : $"more than {Words.Count(tally.Count)} ('courier dead-letters groups' counts all); of the oldest: {reasons}";
    }

    private static string Instances(CourierStatus status) => status.Instances.Count == 0
        ? "none seen lately"
        : string.Join(", ", status.Instances.Take(8).Select(instance => $"{Terminal.Safe(instance.Name[..Math.Min(8, instance.Name.Length)])} {Words.Age(instance.LastSeen, status.At)}"))
            + (status.Instances.Count > 8 ? $" and {Words.Count(status.Instances.Count - 8)} more" : "");
}
