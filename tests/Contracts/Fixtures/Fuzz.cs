using System.Globalization;

namespace Courier.Contracts;

/// <summary>How much is generated, and from which seed: little in the suite, more where <c>./dev fuzz</c> says so.</summary>
public static class Fuzz
{
    /// <summary>Environment variable <c>COURIER_FUZZ_MESSAGES</c>.</summary>
    public static int Messages => Number("COURIER_FUZZ_MESSAGES", 10_000);

    /// <summary>Environment variable <c>COURIER_FUZZ_STATES</c>.</summary>
    public static int States => Number("COURIER_FUZZ_STATES", 10_000);

    /// <summary>Environment variable <c>COURIER_FUZZ_SEED</c>.</summary>
    public static int Seed => Number("COURIER_FUZZ_SEED", 4711);

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : usual;
}
