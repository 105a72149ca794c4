namespace Courier.RoundTrip;

/// <summary>Which of the posted messages have an outcome, and which.</summary>
public sealed class Account(IEnumerable<string> posted)
{
    private readonly Dictionary<string, int> _outcomes = [];

    public IReadOnlyList<string> Posted { get; } = [.. posted];

    public HashSet<string> Missing { get; } = [.. posted];

    /// <summary>Outcomes of messages that had one already: at least once is the promise, so this is no fault.</summary>
    public int Repeated { get; private set; }

    /// <returns>False when the message is none of those posted.</returns>
    public bool Enter(string id, string outcome)
    {
        if (!Missing.Remove(id))
        {
            bool isRepetition = Posted.Contains(id);
            Repeated += isRepetition ? 1 : 0;
            return isRepetition;
        }

        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        return true;
    }

    public override string ToString() =>
        $"{Posted.Count} posted: {string.Join(", ", _outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} × {pair.Key}").Append($"{Missing.Count} missing").Append($"{Repeated} repeated"))}.";
}
