namespace Courier.Outages;

/// <summary>What there is to tell of an outage.</summary>
public enum OutageNews
{
    /// <summary>Most calls have failed for long enough.</summary>
    Opened,

    /// <summary>The reminder that they still do.</summary>
    Continues,

    /// <summary>They do not any more.</summary>
    Over,
}
