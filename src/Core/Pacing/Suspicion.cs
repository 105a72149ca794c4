namespace Courier.Pacing;

/// <summary>The requests of late that were answered 401: where a probe proves nothing, three different ones within a minute condemn the key.</summary>
internal sealed class Suspicion
{
    private const int Enough = 3;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _refused = [];
    private volatile bool _isNone = true;

    /// <returns>Whether it is enough.</returns>
    public bool Grow(string requestId, DateTimeOffset now)
    {
        lock (_lock)
        {
            _isNone = false;
            _refused[requestId] = now;
            foreach (string old in _refused.Where(each => now - each.Value > s_window).Select(each => each.Key).ToArray())
                _refused.Remove(old);
            return _refused.Count >= Enough;
        }
    }

    /// <summary>The key works after all.</summary>
    public void Clear()
    {
        if (_isNone)
            return; // after each call that succeeds, so without a lock
        lock (_lock)
        {
            _refused.Clear();
            _isNone = true;
        }
    }
}
