namespace Courier.Contracts;

/// <summary>
/// A clock that jumps from timer to timer. Whatever a timer sets off runs to its next wait at once, on the same thread,
/// so everything happens in a fixed order and a run repeats exactly.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly PriorityQueue<(Timer Timer, int Setting), (long Ticks, long Order)> _due = new();
    private long _now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs until the task is complete.</summary>
    public void Run(Func<Task> start)
    {
        Task task = start();
        while (!task.IsCompleted)
        {
            if (!FireNext())
                throw new InvalidOperationException("The simulation is stuck: no timer is set.");
        }

        task.GetAwaiter().GetResult();
    }

    private bool FireNext()
    {
        while (_due.TryDequeue(out (Timer Timer, int Setting) next, out (long Ticks, long Order) at))
        {
            if (next.Timer.Setting != next.Setting)
                continue; // changed or disposed since
            _now = Math.Max(_now, at.Ticks);
            next.Timer.Fire();
            return true;
        }

        return false;
    }

    private sealed class Timer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public int Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Setting++;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock._due.Enqueue((this, Setting), (clock._now + Math.Max(0, dueTime.Ticks), ++clock._order));
            return true;
        }

        public void Fire()
        {
            Change(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan, _period);
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
