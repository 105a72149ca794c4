using Courier.Settings;

namespace Courier.Storage;

/// <summary>Setting <c>Deployment:Name</c>: whose state this is, among several deployments on one storage account ([030](decisions/030-whose-state-it-is.md)).</summary>
public sealed class DeploymentOptions
{
    public const string Section = "Deployment";

    /// <summary>Part of the names of all shared state. Deployments of one name, or of none, share it on purpose: quota, key, schedules, alerts.</summary>
    [MayBeEmpty]
    public string Name { get; set; } = "";
}
