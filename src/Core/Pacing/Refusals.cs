using System.Collections.Immutable;

namespace Courier.Pacing;

/// <summary>The refusals (429) that this instance met since a request was last answered otherwise. Pure.</summary>
public sealed record Refusals
{
    /// <summary>Older ones prove nothing any more.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    /// <summary>So many different requests in a row are no chance, whatever the probe was told.</summary>
    private const int Many = 6;

    private const double NearlyFull = 0.9;

    private readonly ImmutableArray<(string Id, string Template, DateTimeOffset At)> _met = [];

    private Refusals()
    {
    }

    private Refusals(ImmutableArray<(string, string, DateTimeOffset)> met) => _met = met;

    public static Refusals None { get; } = new();

    /// <summary>When the probe was last answered otherwise.</summary>
    public DateTimeOffset ProbedAt { get; init; } = DateTimeOffset.MinValue;

    public Refusals And(string id, string path, DateTimeOffset now) =>
        new([.. _met.Where(refusal => now - refusal.At <= Memory && refusal.Id != id), (id, PathTemplate.Of(path), now)]) { ProbedAt = ProbedAt };

    /// <summary>A request was answered otherwise: what was refused before was its own matter.</summary>
    public Refusals AndAnother() => _met.IsEmpty ? this : None with { ProbedAt = ProbedAt };

    /// <summary>What the 429 is about, by what is known without asking.</summary>
    /// <param name="left">How many calls the answer says are left; null when it does not say.</param>
    /// <param name="used">Our own calls of the last window, as a share of the limit: when it is nearly full, a request that was not refused before is believed.</param>
    public Claim Judge(int? left, double used, bool isAgain, DateTimeOffset now)
    {
        if (left is { } calls)
            return calls == 0 ? Claim.Quota : Claim.Request;
        if (_met.Length >= Many || (used >= NearlyFull && !isAgain))
            return Claim.Quota;
        if (now - ProbedAt <= Memory)
            return Claim.Request;
        return _met.Select(refusal => refusal.Template).Distinct().Count() >= 2 ? Claim.Quota : Claim.Either;
    }
}
