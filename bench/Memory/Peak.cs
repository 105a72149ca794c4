using System.Globalization;

namespace Courier.Bench.Memory;

internal static class Peak
{
    /// <summary>The most that a process has had in memory at once, in MiB: <c>VmHWM</c>, as Linux counts it.</summary>
    public static async Task<double> OfAsync(int process)
    {
        string line = (await File.ReadAllLinesAsync($"/proc/{process}/status")).Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
