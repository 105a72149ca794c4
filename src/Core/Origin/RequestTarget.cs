namespace Courier.Origin;

/// <summary>Where a request would go.</summary>
public abstract record RequestTarget
{
    private RequestTarget()
    {
    }

    /// <summary>Below the base address: the key may travel there.</summary>
    public sealed record Allowed(Uri Uri) : RequestTarget;

    /// <summary>Anywhere else, or nowhere; the sentence tells the sender what to change.</summary>
    public sealed record Refused(string Why) : RequestTarget;
}
