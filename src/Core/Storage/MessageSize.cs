namespace Courier.Storage;

/// <summary>What a storage queue accepts, in bytes.</summary>
public static class MessageSize
{
    /// <summary>The service's limit for the text of a message.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>The most that Courier writes: what still fits after somebody's client has Base64-encoded it (48 KiB · 4/3 = 64 KiB).</summary>
    public const int Inline = 48 * 1024;
}
