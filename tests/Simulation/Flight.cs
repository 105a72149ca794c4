namespace Courier.Simulation;

/// <summary>One delivery under way in an instance. Whatever is done for it knows it.</summary>
internal sealed class Flight
{
    private static readonly AsyncLocal<Flight?> s_current = new();

    public static Flight? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>The request's id, once it is known.</summary>
    public string? Id { get; set; }
}
