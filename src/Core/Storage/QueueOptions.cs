using Courier.Settings;

namespace Courier.Storage;

/// <summary>Settings <c>Queues:*</c>, <c>RequestQueue</c> and <c>PoisonQueue</c>: the names of the queues.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queues";

    private const string DefaultRequests = "api-requests";

    /// <summary>Where requests are posted, <c>api-requests</c> by default; on the Functions host it must be set. The triggers read this very setting, and so does the platform, which wakes no app by a name with a section.</summary>
    [FlatSetting]
    public string? RequestQueue { get; set; }

    /// <summary>Where the host puts what it gives up: always <see cref="RequestQueue"/> and <c>-poison</c>; on the Functions host it must be set, because a trigger names it.</summary>
    [FlatSetting]
    public string? PoisonQueue { get; set; }

    /// <summary>An older name of <see cref="RequestQueue"/>.</summary>
    public string? Requests { get; set; }

    /// <summary>Where results go.</summary>
    public string Results { get; set; } = "api-results";

    /// <summary>Where dead letters are announced.</summary>
    public string DeadLetters { get; set; } = "api-dead-letters";

    /// <summary>Where alerts go.</summary>
    public string Alerts { get; set; } = "api-alerts";

    /// <summary>The request queue's name, whichever way it is set.</summary>
    public string RequestName => RequestQueue ?? Requests ?? DefaultRequests;

    /// <summary>The poison queue's name: the host makes it from the request queue's.</summary>
    public string PoisonName => RequestName + "-poison";
}
