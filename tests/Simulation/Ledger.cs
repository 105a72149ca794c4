namespace Courier.Simulation;

/// <summary>The simulation's own book: what was accepted, what the API carried out, and what may explain a repetition.</summary>
internal sealed class Ledger
{
    private readonly HashSet<string> _accepted = [];
    private readonly Dictionary<string, int> _carriedOut = [];
    private readonly Dictionary<string, int> _explained = [];

    public IReadOnlySet<string> Accepted => _accepted;

    /// <summary>How often the API carried out what it had carried out already.</summary>
    public int Repeats => _carriedOut.Values.Sum(count => count - 1);

    /// <summary>Repetitions that no crash and no lost answer explains.</summary>
    public IEnumerable<string> Unexplained => _carriedOut.Where(each => each.Value > 1 + Explanations(each.Key)).Select(each => $"{each.Key} was carried out {each.Value} times, and {Explanations(each.Key)} troubles explain it");

    public bool WasCarriedOut(string id) => _carriedOut.ContainsKey(id);

    public void Accept(string id) => _accepted.Add(id);

    public void CarryOut(string id) => _carriedOut[id] = _carriedOut.GetValueOrDefault(id) + 1;

    public void Explain(string id) => _explained[Root(id)] = _explained.GetValueOrDefault(Root(id)) + 1;

    /// <summary>A page that is read twice may send its next page twice.</summary>
    private int Explanations(string id) => _explained.GetValueOrDefault(Root(id));

    private static string Root(string id) => id.Split('~')[0];
}
