namespace Courier.Configuration;

/// <summary>What the process ends with: set by whoever asks the host to stop for a reason that is not the operator's.</summary>
public sealed class ExitCode
{
    /// <summary>0 unless something went wrong.</summary>
    public int Value { get; set; }
}
