namespace Courier.Contracts.Wild;

/// <summary>What a server does after the last byte that it sends.</summary>
public enum RawEnd
{
    /// <summary>Closes the connection in good order.</summary>
    Close,

    /// <summary>Breaks it (RST).</summary>
    Reset,

    /// <summary>Says nothing more, and keeps it open.</summary>
    Stall,
}
