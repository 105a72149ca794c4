namespace Courier.Bench.Drain;

/// <summary>How requests are kept within the quota.</summary>
internal enum Strategy
{
    /// <summary>The real thing.</summary>
    Courier,

    /// <summary>Courier without a ledger: each request is put back on the queue by its own 429.</summary>
    OwnRetryAfter,

    /// <summary>A queue trigger and the standard resilience handler with their defaults: retries in the process, five deliveries, poison.</summary>
    PlatformDefaults,
}
