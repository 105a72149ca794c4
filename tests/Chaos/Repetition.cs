using Courier.ApiSimulator;

namespace Courier.Chaos;

/// <summary>A call that the API carried out although it had carried it out before, and why.</summary>
/// <param name="Why">Null when nothing explains it.</param>
internal sealed record Repetition(string RequestId, LoggedRequest First, LoggedRequest Second, string? Why)
{
    private const string Mark = "row=";

    /// <summary>From a call to its record, when nothing holds it up.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    /// <summary>Of each call but the first that was answered with 2xx, among those of one request.</summary>
    public static IEnumerable<Repetition> Of(IEnumerable<LoggedRequest> calls, IReadOnlyList<(string Client, DateTimeOffset At)> kills, IEnumerable<StorageFault> faults)
    {
        ILookup<string, StorageFault> byRequest = faults.Where(fault => fault is { IsWrite: true, RequestId: not null }).ToLookup(fault => fault.RequestId!);
        foreach (IGrouping<string, LoggedRequest> same in calls.Where(call => call.Status is >= 200 and < 300 && RequestOf(call) is not null).GroupBy(call => call.Path))
        {
            LoggedRequest[] times = [.. same.OrderBy(call => call.Sequence)];
            string id = RequestOf(times[0])!;
            foreach ((LoggedRequest first, LoggedRequest second) in times.Zip(times.Skip(1)))
                yield return new Repetition(id, first, second, Explain(first, second, kills, byRequest[id]));
        }
    }

    /// <summary>The request that a call was made for; null for a probe. Pages have the first one's.</summary>
    public static string? RequestOf(LoggedRequest call) =>
        call.Path.IndexOf(Mark, StringComparison.Ordinal) is var mark and > 0 ? call.Path[(mark + Mark.Length)..].Split('&')[0] : null;

    private static string? Explain(LoggedRequest first, LoggedRequest second, IReadOnlyList<(string Client, DateTimeOffset At)> kills, IEnumerable<StorageFault> faults)
    {
        if (kills.Any(kill => kill.Client == first.Id && kill.At >= first.At && kill.At < second.At && kill.At - first.At < s_settling))
            return "kill";
        return faults.Any(fault => fault.At < second.At && (fault.MayDouble || fault.At >= first.At - s_settling)) ? "storage" : null;
    }
}
