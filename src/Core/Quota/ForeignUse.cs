namespace Courier.Quota;

/// <summary>
/// What others with the same key were found to use of the limit. It counts whole for a window and then fades, over eight: our share grows
/// back until the next answer shows that they are still there.
/// </summary>
/// <param name="Calls">In one window, when it was found.</param>
public readonly record struct ForeignUse(int Calls, DateTimeOffset FoundAt)
{
    private const int FadesOver = 8;

    public int At(DateTimeOffset now, TimeSpan window)
    {
        double windows = (now - FoundAt) / window;
        return windows < -1 ? 0 : (int)Math.Ceiling(Calls * Math.Clamp(1 - ((windows - 1) / FadesOver), 0, 1));
    }
}
