namespace Courier.Resilience;

/// <summary>Whether a request without an answer may have reached the API.</summary>
public enum RequestFate
{
    /// <summary>Some of it was written to a connection: it may have been carried out.</summary>
    Unknown,

    /// <summary>Nothing was written: repeating it is safe.</summary>
    NotSent,
}
