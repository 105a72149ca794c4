namespace Courier.Page.Serving;

/// <summary>How the page is served.</summary>
public sealed record PageOptions
{
    public const int UsualPort = 7170;

    /// <summary>0 for any that is free.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>True: everything is shown, and nothing can be done.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Who acts, in the audit log.</summary>
    public string Operator { get; init; } = $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>How often what is shown is read anew, at most: twelve storage operations each time, while somebody looks.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(4);
}
