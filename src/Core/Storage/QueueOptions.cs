namespace Courier.Storage;

/// <summary>Settings <c>Queues:*</c>: the names of the queues.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queues";

    /// <summary>Where requests are posted. The poison queue is this name and <c>-poison</c>.</summary>
    public string Requests { get; set; } = "api-requests";

    public string Results { get; set; } = "api-results";

    public string DeadLetters { get; set; } = "api-dead-letters";

    public string Alerts { get; set; } = "api-alerts";
}
