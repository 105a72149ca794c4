namespace Courier.Bench;

internal static class Verdict
{
    /// <summary>Prints a measured figure beside its bound.</summary>
    public static bool Print(string what, double measured, string unit, double bound, bool isUpper)
    {
        bool holds = isUpper ? measured <= bound : measured >= bound;
        Console.WriteLine($"  {what,-58} {measured,10:0.00} {unit,-6} {(isUpper ? "<=" : ">=")} {bound:0.##}  {(holds ? "holds" : "DOES NOT HOLD")} {(bound > 0 ? $"({measured / bound:0.00} of it)" : "")}");
        return holds;
    }
}
