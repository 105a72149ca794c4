namespace Courier.Alerts;

public enum AlertSeverity
{
    /// <summary>Requests are not carried out: somebody should look now.</summary>
    Critical,

    /// <summary>Some requests need a person, today.</summary>
    Warning,

    /// <summary>An earlier alert is over.</summary>
    Info,
}
