namespace Courier.Watch;

/// <summary>What a look has changed.</summary>
/// <param name="After">As it was stored; its pending alerts are those of this look, and any that did not arrive yet.</param>
public sealed record AlertChange(AlertState Before, AlertState After)
{
    /// <summary>Somebody is told something, or what was told is over.</summary>
    public bool IsNews => After.Pending.Count > 0 || Before.SilenceSince != After.SilenceSince || Before.StorageBlockedSince != After.StorageBlockedSince
        || Before.Outage.Since != After.Outage.Since || Before.CredentialSince != After.CredentialSince;
}
