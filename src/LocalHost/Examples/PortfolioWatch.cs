using Courier.Paging;
using Courier.Processing;
using Courier.Routing;
using Courier.Schedules;

namespace Courier.LocalHost.Examples;

/// <summary>Sees the first run of the example's schedule begin and end. Apart from <see cref="PortfolioRun"/>, since what runs schedules tells its observers.</summary>
internal sealed class PortfolioWatch(ScheduleBook book) : ISettledObserver
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _run;

    public Schedule Schedule { get; } = book.Schedules[0];

    /// <summary>The id of the first page; null before it was settled or put off.</summary>
    public string? Run => Volatile.Read(ref _run);

    /// <summary>When the last page was settled, or one became a dead letter.</summary>
    public Task Ended => _ended.Task;

    public void OnSettled(Settled settled)
    {
        if (settled.Id.StartsWith($"{Schedule.Name}-", StringComparison.Ordinal) && !settled.Id.Contains('~'))
            Interlocked.CompareExchange(ref _run, settled.Id, null);
        if (settled.Id.Split('~')[0] == Run && settled.Disposition is Disposition.DeadLetter or Disposition.Complete { Next: NextPage.None })
            _ended.TrySetResult();
    }
}
