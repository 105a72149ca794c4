namespace Courier.ApiSimulator.Quota;

/// <summary>
/// At most <paramref name="limit"/> calls in any window: a call is admitted
/// once the call <paramref name="limit"/> before it has left the window.
/// </summary>
internal sealed class RollingQuota(int limit, TimeSpan window)
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset[] _admitted = new DateTimeOffset[limit];
    private int _oldest;

    /// <summary>Null when admitted; else the wait until the oldest call leaves the window. A refused call takes nothing.</summary>
    public TimeSpan? Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            TimeSpan wait = _admitted[_oldest] + window - now;
            if (wait > TimeSpan.Zero)
                return wait;

            _admitted[_oldest] = now;
            _oldest = (_oldest + 1) % limit;
            return null;
        }
    }
}
