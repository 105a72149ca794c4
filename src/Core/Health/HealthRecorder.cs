using Courier.Api;
using Courier.Processing;
using Courier.Routing;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Health;

/// <summary>Counts how calls end in this instance.</summary>
public sealed class HealthRecorder(CourierStorage storage, IOptions<OutageOptions> options, TimeProvider time) : ISettledObserver
{
    private static readonly string[] s_requestIds = ["x-request-id", "request-id", "x-correlation-id"];

    private readonly Lock _lock = new();
    private List<HealthBucket> _buckets = [];
    private IReadOnlyList<CallSample> _failedCalls = [];
    private IReadOnlyList<CallSample> _deadLetters = [];
    private DateTimeOffset? _lastSuccessAt;
    private StorageFault? _blocked;
    private bool _isNews;

    public void OnSettled(Settled settled)
    {
        DeadLetterReason? reason = (settled.Disposition as Disposition.DeadLetter)?.Reason;
        if (settled.Call is { } call)
            Count(call, settled);
        if (reason is not null)
            Add(new HealthBucket(default, 0, 0, 1), null, Sample(settled, reason));
    }

    public void OnStorageFailed(StorageFailureException failure)
    {
        if (!failure.IsBlocked)
            return;
        lock (_lock)
            (_blocked, _isNews) = (StorageFault.After(_blocked, failure.Message, time.GetUtcNow()), true);
    }

    /// <summary>A probe that fails is a failed call. One that succeeds says nothing about the calls that requests make.</summary>
    public void OnFailedProbe(Call probe) => Add(new HealthBucket(default, probe.Attempts, probe.Attempts, 0), null, null);

    /// <summary>Null when nothing has happened since the last time.</summary>
    public HealthReport? News()
    {
        lock (_lock)
        {
            if (!_isNews)
                return null;
            _isNews = false;
            DateTimeOffset now = time.GetUtcNow();
            IReadOnlyList<HealthBucket> merged = HealthBucket.Merge(_buckets, options.Value.Lookback, now);
            _buckets = [.. merged];
            return new HealthReport(storage.Instance.Text, now, merged, _failedCalls, _deadLetters, _lastSuccessAt, _blocked?.Lately(now));
        }
    }

    /// <summary>The report could not be told.</summary>
    public void TellAgain()
    {
        lock (_lock)
            _isNews = true;
    }

    /// <summary>Attempts before the last one have failed, or there would not have been another; before a circuit that is open, all have.</summary>
    private void Count(Call call, Settled settled)
    {
        bool failed = call.Result is CallResult.ServerError or CallResult.Unreachable or CallResult.Unreadable;
        int failures = failed || call.Result is CallResult.CircuitOpen ? call.Attempts : Math.Max(0, call.Attempts - 1);
        Add(new HealthBucket(default, call.Attempts, failures, 0), failed ? Sample(settled, null) : null, null);
        if (call.Result is not CallResult.Succeeded)
            return;
        lock (_lock)
            _lastSuccessAt = call.EndedAt;
    }

    private void Add(HealthBucket counted, CallSample? failedCall, CallSample? deadLetter)
    {
        DateTimeOffset at = HealthBucket.Floor(time.GetUtcNow(), HealthBucket.Width);
        lock (_lock)
        {
            _isNews = true;
            if (_buckets.Count > 0 && _buckets[^1].At == at)
                _buckets[^1] = _buckets[^1].Plus(counted);
            else
                _buckets.Add(counted with { At = at });
            if (failedCall is not null)
                _failedCalls = HealthWindow.Newest([failedCall, .. _failedCalls]);
            if (deadLetter is not null)
                _deadLetters = HealthWindow.Newest([deadLetter, .. _deadLetters]);
        }
    }

    private CallSample Sample(Settled settled, DeadLetterReason? reason) => new()
    {
        At = settled.Call?.EndedAt ?? time.GetUtcNow(),
        Id = settled.Id,
        Method = settled.Method ?? "",
        Path = settled.Path ?? "",
        Status = settled.Call?.Result.Response?.Status,
        Outcome = settled.Call?.Result.Outcome ?? "not-called",
        RequestIdHeader = s_requestIds.Select(name => settled.Call?.Result.Response?.Headers.GetValueOrDefault(name)).FirstOrDefault(value => value is not null),
        Reason = reason?.Text(),
    };
}
