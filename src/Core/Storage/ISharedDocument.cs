namespace Courier.Storage;

/// <summary>A document that instances share, which is checked after it was parsed: what can be read may still mean nothing.</summary>
public interface ISharedDocument
{
    /// <summary>The form that this Courier writes. A document of a later one is none that it can read.</summary>
    const int CurrentVersion = 1;

    /// <summary>Zero where none is stored.</summary>
    int Version { get; }

    /// <summary>Why it means nothing; null when it is sound.</summary>
    string? Problem(DateTimeOffset now);

    /// <summary>What no document may hold: nothing was written before Courier was, and no clock is a day wrong.</summary>
    static bool IsMoment(DateTimeOffset at, DateTimeOffset now) => at.Year >= 2020 && at - now < TimeSpan.FromDays(1);

    /// <inheritdoc cref="IsMoment(DateTimeOffset, DateTimeOffset)"/>
    static bool AreMoments(DateTimeOffset now, params ReadOnlySpan<DateTimeOffset?> moments)
    {
        foreach (DateTimeOffset? moment in moments)
        {
            if (moment is { } at && !IsMoment(at, now))
                return false;
        }

        return true;
    }
}
