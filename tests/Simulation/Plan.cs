namespace Courier.Simulation;

/// <summary>All that a run is made of: with the seed, every choice in it follows.</summary>
/// <param name="Seed">Of all chance in the run.</param>
/// <param name="Requests">So many are posted, in the first minutes.</param>
/// <param name="Trouble">What happens to it.</param>
internal sealed record Plan(int Seed, int Requests, Trouble Trouble)
{
    public const int Instances = 3;

    public override string ToString() =>
        $"--seed {Seed} --requests {Requests}" + (Trouble == Trouble.All ? "" : $" --trouble {(Trouble == Trouble.None ? "none" : Trouble.ToString().Replace(" ", "", StringComparison.Ordinal))}");

    /// <summary>Smaller ones to try when this one fails: half of the requests, or one kind of trouble less.</summary>
    public IEnumerable<Plan> Smaller()
    {
        if (Requests > 1)
            yield return this with { Requests = Requests / 2 };
        foreach (Trouble kind in Enum.GetValues<Trouble>().Where(kind => kind is not Trouble.None and not Trouble.All && Trouble.HasFlag(kind)))
            yield return this with { Trouble = Trouble & ~kind };
        if (Requests > 1)
            yield return this with { Requests = Requests - Math.Max(1, Requests / 10) };
    }
}
