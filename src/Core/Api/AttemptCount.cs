namespace Courier.Api;

/// <summary>How often a request went out, counted where it does.</summary>
internal sealed class AttemptCount
{
    public static readonly HttpRequestOptionsKey<AttemptCount> Key = new("courier.attempts");

    public int Value { get; set; }
}
