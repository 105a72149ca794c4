using System.Collections.Concurrent;

namespace Courier.Chaos;

/// <summary>
/// Says of each request to the storage whether it goes well. The plan's faults come one after the other; each waits for a request that it
/// fits, and takes one, a few, or all for up to a minute: longer than the host's queue listener bears, which another one follows then.
/// </summary>
internal sealed class StorageTrouble
{
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<StorageFault> _faults = new();
    private readonly Queue<Episode> _planned = new();
    private readonly Random _random;
    private DateTimeOffset? _begun;
    private Episode? _open;

    public StorageTrouble(Plan plan)
    {
        _random = new Random(plan.Seed);
        FaultManner[] manners = Enum.GetValues<FaultManner>();
        for (int i = 0; i < plan.Faults; i++)
        {
            bool isOutage = plan.HasOutages && _random.Next(20) == 0;
            _planned.Enqueue(new Episode(
                plan.Trouble * ((i + _random.NextDouble()) / plan.Faults), manners[_random.Next(manners.Length)], (Service)_random.Next(3), writes: _random.Next(3) > 0,
                isOutage ? int.MaxValue : _random.Next(1, 5), TimeSpan.FromSeconds(isOutage ? _random.Next(2, 61) : 60)));
        }
    }

    public IReadOnlyCollection<StorageFault> Faults => _faults;

    /// <summary>How many of the plan's faults have met a request.</summary>
    public int Met { get; private set; }

    public bool IsOver
    {
        get
        {
            lock (_lock)
                return _planned.Count == 0 && _open is null;
        }
    }

    /// <summary>Until then all goes well.</summary>
    public void Begin()
    {
        lock (_lock)
            _begun = TimeProvider.System.GetUtcNow();
    }

    public void Note(StorageFault fault) => _faults.Enqueue(fault);

    /// <summary>Null when it goes well.</summary>
    /// <param name="isLong">The host's own taking of messages: what it is not told of stays hidden for ten minutes, so its answers are not cut.</param>
    public FaultManner? Of(string verb, bool isQueue, bool isLong)
    {
        lock (_lock)
        {
            TimeSpan now = TimeProvider.System.GetUtcNow() - _begun ?? TimeSpan.Zero;
            if (_open?.IsOver(now) == true)
                _open = null;
            if (_open is null && _begun is not null && _planned.TryPeek(out Episode? next) && next.Due <= now)
                _open = _planned.Dequeue();
            if (_open?.Fits(verb, isQueue) != true || (isLong && _open.Manner == FaultManner.Unanswered))
                return null;
            if (_open.Take(now))
                Met++;
            return _open.Manner;
        }
    }

    public TimeSpan Pause()
    {
        lock (_lock)
            return TimeSpan.FromMilliseconds(_random.Next(500, 5000));
    }

    private enum Service
    {
        Both,
        Blobs,
        Queues,
    }

    private sealed class Episode(TimeSpan due, FaultManner manner, Service service, bool writes, int most, TimeSpan longest)
    {
        private TimeSpan? _first;
        private int _taken;

        public TimeSpan Due => due;

        public FaultManner Manner => manner;

        public bool IsOver(TimeSpan now) => _taken >= most || (_first is { } first && now - first > longest);

        public bool Fits(string verb, bool isQueue) => (service == Service.Both || (service == Service.Queues) == isQueue) && (!writes || verb != "GET");

        /// <returns>Whether it was the first.</returns>
        public bool Take(TimeSpan now)
        {
            _first ??= now;
            return ++_taken == 1;
        }
    }
}
