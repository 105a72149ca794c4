namespace Courier.ApiSimulator.Requests;

/// <summary>A ring of the latest requests; a request enters as it arrives and is replaced once its answer is known.</summary>
internal sealed class RequestLog(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LoggedRequest?[] _ring = new LoggedRequest?[capacity];
    private long _last;

    public LoggedRequest Add(LoggedRequest request)
    {
        lock (_gate)
        {
            LoggedRequest numbered = request with { Sequence = ++_last };
            Slot(_last) = numbered;
            return numbered;
        }
    }

    /// <summary>Does nothing when the request was cleared or overwritten meanwhile.</summary>
    public void Replace(LoggedRequest request)
    {
        lock (_gate)
        {
            ref LoggedRequest? slot = ref Slot(request.Sequence);
            slot = slot?.Sequence == request.Sequence ? request : slot;
        }
    }

    public IReadOnlyList<LoggedRequest> Since(long sequence)
    {
        lock (_gate)
        {
            List<LoggedRequest> found = [];
            for (long i = Math.Max(sequence, _last - _ring.Length) + 1; i <= _last; i++)
            {
                if (Slot(i) is { } request)
                    found.Add(request);
            }

            return found;
        }
    }

    public void Clear()
    {
        lock (_gate)
            Array.Clear(_ring);
    }

    private ref LoggedRequest? Slot(long sequence) => ref _ring[sequence % _ring.Length];
}
