using System.Reflection;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Storage that notes each change in order, and at a chosen one the process ends: before it takes effect, or right after. What it throws is nobody's to handle.</summary>
internal sealed class FailingStorage(IStorage inner) : IStorage
{
    private readonly Lock _lock = new();
    private readonly List<string> _changes = [];
    private (int At, bool After)? _failure;

    /// <summary>Like <c>send api-results</c>, <c>write api-dead-letters</c>, <c>delete api-requests</c>, <c>make queue api-alerts</c>.</summary>
    public IReadOnlyList<string> Changes
    {
        get
        {
            lock (_lock)
                return [.. _changes];
        }
    }

    /// <summary>A call that does not succeed, like <c>read api-requests</c> or <c>count api-requests</c>.</summary>
    public string? Broken { get; set; }

    /// <summary>Forgets what was noted and fails at the change of this number from now on, counted from zero.</summary>
    public void FailAt(int change, bool after) => Set((change, after));

    /// <summary>Forgets what was noted, and fails no more.</summary>
    public void Mend() => Set(null);

    public IMessageQueue Queue(string name) => Watcher.Watch(inner.Queue(name), this);

    public IBlobContainer Container(string name) => Watcher.Watch(inner.Container(name), this);

    private void Set((int At, bool After)? failure)
    {
        lock (_lock)
        {
            _changes.Clear();
            _failure = failure;
        }
    }

    /// <summary>Whether this change fails, and when.</summary>
    private (bool Before, bool After) Note(string call)
    {
        if (call == Broken)
            return (true, false);
        // The state that instances share for pacing is no part of settling a request.
        if (call.StartsWith("read ", StringComparison.Ordinal) || call.StartsWith("count ", StringComparison.Ordinal) || call == "write api-state")
            return (false, false);
        lock (_lock)
        {
            (bool Before, bool After) fails = _failure is { } failure && failure.At == _changes.Count ? (!failure.After, failure.After) : (false, false);
            _changes.Add(call);
            return fails;
        }
    }

    /// <summary>Stands before a queue or container in memory, whose calls have done their work when they return.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it
    private class Watcher : DispatchProxy
#pragma warning restore CA1852
    {
        private object _inner = null!;
        private FailingStorage _storage = null!;

        public static T Watch<T>(T inner, FailingStorage storage)
            where T : class
        {
            T proxy = Create<T, Watcher>();
            Watcher watcher = (Watcher)(object)proxy;
            (watcher._inner, watcher._storage) = (inner, storage);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (Verb(targetMethod!.Name) is not { } verb)
                return Forward(targetMethod, args);
            string call = $"{verb} {(_inner as IMessageQueue)?.Name ?? ((IBlobContainer)_inner).Name}";
            (bool before, bool after) = _storage.Note(call);
            if (before)
                throw new OperationCanceledException($"The process ended before: {call}");
            object? result = Forward(targetMethod, args);
            return after ? throw new OperationCanceledException($"The process ended after: {call}") : result;
        }

        private string? Verb(string method) => method switch
        {
            "SendAsync" => "send",
            "WriteAsync" or "ReplaceAsync" => "write",
            "DeleteAsync" => "delete",
            "ReadAsync" => "read",
            "CountAsync" => "count",
            "EnsureExistsAsync" => _inner is IMessageQueue ? "make queue" : "make container",
            _ => null,
        };

        private object? Forward(MethodInfo method, object?[]? args) => method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
