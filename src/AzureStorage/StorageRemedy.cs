namespace Courier.AzureStorage;

/// <summary>What a person must do about an answer of the storage that will be the same next time.</summary>
internal static class StorageRemedy
{
    /// <summary>Null for what passes by itself: 408, 429, 5xx, something that is being deleted or moved.</summary>
    public static string? For(int status, string? code) => code switch
    {
        "LeaseIdMissing" or "LeaseAlreadyPresent" or "LeaseIdMismatchWithBlobOperation" or "LeaseIdMismatchWithContainerOperation" or "LeaseLost" =>
            "Somebody holds a lease on it, which Courier never takes: break it (az storage blob lease break), and find out who took it.",
        "BlobImmutableDueToPolicy" or "BlobImmutableDueToLegalHold" or "ContainerImmutableDueToPolicy" =>
            "An immutability policy or legal hold forbids changes: Courier's containers must have none; remove it.",
        "BlobArchived" or "BlobBeingRehydrated" or "BlobTierInadequateForContentLength" =>
            "It was moved to the archive tier: rehydrate or delete it, and leave Courier's containers out of the lifecycle rule that does so.",
        "InvalidBlobType" => "It is no block blob: somebody else wrote it; delete or rename it.",
        "AccountIsDisabled" => "The storage account is disabled: look at its subscription.",
        "QueueBeingDeleted" or "ContainerBeingDeleted" or "AccountBeingCreated" or "ConditionNotMet" or "BlobAlreadyExists" => null,
        _ when status is 401 or 403 =>
            "It refuses this identity or network: check the roles (Storage Blob Data Contributor, Storage Queue Data Contributor), the account's firewall, and this machine's clock.",
        _ when status is >= 400 and <= 499 and not 404 and not 408 and not 429 => "It will answer so again: look the code up in the storage service's reference.",
        _ => null,
    };
}
