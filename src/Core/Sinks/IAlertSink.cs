using Courier.Alerts;

namespace Courier.Sinks;

/// <summary>Somewhere alerts go. The same alert may come again, with the same id.</summary>
public interface IAlertSink
{
    /// <summary>Unique, and the same at every start; never an address.</summary>
    string Name { get; }

    /// <exception cref="Exception">The alert did not arrive, or nobody knows whether it did; the message is fit for the log.</exception>
    Task SendAsync(Alert alert, CancellationToken cancellationToken);
}
