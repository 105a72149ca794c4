using System.Globalization;

namespace Courier.Bench;

/// <summary>What one process of <see cref="FlowBenchmark"/> has measured, a message.</summary>
internal readonly record struct FlowSample(double Microseconds, double Kilobytes)
{
    /// <param name="program">A build of the benchmarks.</param>
    /// <param name="benchmark">The name by which that build knows <see cref="FlowBenchmark"/>.</param>
    public static async Task<FlowSample> TakeAsync(string program, string benchmark)
    {
        string output = await Command.RunAsync("dotnet", [program, benchmark]);
        string[] figures = output[(output.LastIndexOf(FlowBenchmark.Mark, StringComparison.Ordinal) + FlowBenchmark.Mark.Length)..].Trim().Split(' ');
        return new FlowSample(double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }
}
