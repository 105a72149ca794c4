using System.Diagnostics;
using System.Text.Json;

namespace Courier.Alerts;

/// <summary>What follows from an alert's kind alone.</summary>
public static class AlertKinds
{
    /// <summary>The public name: <c>api-outage</c>.</summary>
    public static string Text(this AlertKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    public static AlertSeverity Severity(this AlertKind kind) => kind switch
    {
        AlertKind.ApiOutage or AlertKind.ApiOutageContinues or AlertKind.CredentialRejected or AlertKind.Silence or AlertKind.StorageBlocked => AlertSeverity.Critical,
        AlertKind.DeadLettersRising => AlertSeverity.Warning,
        AlertKind.ApiRecovered or AlertKind.CredentialRestored => AlertSeverity.Info,
        _ => throw new UnreachableException(),
    };

    /// <summary>The kind that opened the episode which an alert of this kind belongs to.</summary>
    public static AlertKind Opening(this AlertKind kind) => kind switch
    {
        AlertKind.ApiOutageContinues or AlertKind.ApiRecovered => AlertKind.ApiOutage,
        AlertKind.CredentialRestored => AlertKind.CredentialRejected,
        _ => kind,
    };

    /// <summary>Whether it ends its episode.</summary>
    public static bool IsClosing(this AlertKind kind) => kind is AlertKind.ApiRecovered or AlertKind.CredentialRestored;
}
