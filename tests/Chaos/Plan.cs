namespace Courier.Chaos;

/// <summary>What is to happen in a run. The seed says which, how long and in which order; when exactly it meets a request, the machine says.</summary>
/// <param name="Trouble">So long things go wrong. It lasts longer where the machine is slower than the plan, but no longer than <paramref name="Longest"/>: what is not posted and not killed by then is not any more.</param>
internal sealed record Plan(int Seed, int Requests, int Kills, int Faults, TimeSpan Trouble, TimeSpan Longest)
{
    /// <summary>A storage that is away for seconds leaves messages hidden for as long as the host leases them, ten minutes: a short run has only single faults.</summary>
    public bool HasOutages => Trouble >= TimeSpan.FromMinutes(5);

    /// <summary>So long everything may take to come to its end once it is calm.</summary>
    public TimeSpan Patience => HasOutages ? TimeSpan.FromMinutes(25) : TimeSpan.FromMinutes(3);

    public const int QuotaLimit = 600;

    public static readonly TimeSpan QuotaWindow = TimeSpan.FromSeconds(12);
}
