namespace Courier.Pacing;

/// <summary>What a 429 is about, as far as can be told without asking the API.</summary>
public enum Claim
{
    /// <summary>The quota is used up, for everybody.</summary>
    Quota,

    /// <summary>Something that concerns this request alone.</summary>
    Request,

    /// <summary>Nobody can tell: a probe will.</summary>
    Either,
}
