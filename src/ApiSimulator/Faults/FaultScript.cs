namespace Courier.ApiSimulator.Faults;

/// <summary>The faults still to come, in the order they were added.</summary>
internal sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<(FaultPattern Pattern, Fault Fault)> _script = [];

    /// <summary>Each with the number of times that are left.</summary>
    public IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (_gate)
                return _script.ConvertAll(static entry => entry.Fault);
        }
    }

    /// <exception cref="FormatException">The fault makes no sense; the message says why.</exception>
    public void Add(Fault fault)
    {
        FaultRules.Check(fault);
        FaultPattern pattern = new(fault.Match);
        lock (_gate)
            _script.Add((pattern, fault));
    }

    /// <summary>The first fault that matches, one time of it used up.</summary>
    public Fault? Take(string method, string target)
    {
        lock (_gate)
        {
            for (int i = 0; i < _script.Count; i++)
            {
                if (_script[i].Pattern.IsMatch(method, target))
                    return Use(i);
            }

            return null;
        }
    }

    public void Clear()
    {
        lock (_gate)
            _script.Clear();
    }

    private Fault Use(int index)
    {
        (FaultPattern pattern, Fault fault) = _script[index];
        if (fault.Times == 1)
            _script.RemoveAt(index);
        else
            _script[index] = (pattern, fault with { Times = fault.Times - 1 });
        return fault;
    }
}
