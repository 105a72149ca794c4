namespace Courier.Storage;

/// <summary>
/// The storage refused an operation, failed in it, or did not answer: then whether it was carried out is not known. Every seam of storage throws
/// this and nothing else, but for cancellation and what its caller did wrong.
/// </summary>
/// <param name="place">The queue, or <c>container/blob</c>.</param>
/// <param name="remedy">What a person must do, as a sentence; null for what passes by itself.</param>
public sealed class StorageFailureException(string place, string problem, string? remedy = null, Exception? inner = null)
    : Exception(remedy is null ? $"{place}: {problem}" : $"{place}: {problem} {remedy}", inner)
{
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string? Remedy { get; } = remedy;

    /// <summary>It stays so until somebody does something: a lease, a policy, a missing right.</summary>
    public bool IsBlocked => Remedy is not null;
}
