namespace Courier.Functions.Ending;

/// <summary>Counts the functions that run, and closes the door when the worker ends.</summary>
public sealed class RunningFunctions
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isClosed;

    /// <summary>False once the worker ends: the function must not begin.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_isClosed)
                return false;
            _running++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _running--;
            CompleteWhenNoneRuns();
        }
    }

    /// <summary>Lets nothing in any more; the task ends when the last function that runs has.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            CompleteWhenNoneRuns();
            return _none.Task;
        }
    }

    private void CompleteWhenNoneRuns()
    {
        if (_isClosed && _running == 0)
            _none.TrySetResult();
    }
}
