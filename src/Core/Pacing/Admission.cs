namespace Courier.Pacing;

/// <summary>Whether a request may be called now.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>Now.</summary>
    public sealed record Granted : Admission;

    /// <summary>Never: its <c>expiresAt</c> has passed.</summary>
    public sealed record Expired : Admission;
}
