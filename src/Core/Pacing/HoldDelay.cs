namespace Courier.Pacing;

/// <summary>How long a request waits that may not be called until something else changes: the key, or an operator's mind.</summary>
internal static class HoldDelay
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    /// <summary>Half as long again: who waits for long comes up seldom, and a short hold is over soon.</summary>
    public static TimeSpan Of(TimeSpan soFar) => soFar / 2 < s_shortest ? s_shortest : soFar / 2 < s_longest ? soFar / 2 : s_longest;
}
