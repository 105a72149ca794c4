using System.Globalization;
using Courier.Bench;
using Courier.Bench.Drain;
using Courier.Bench.Memory;
using Courier.Bench.Operations;
using Courier.Bench.Worker;

Dictionary<string, Func<Task<bool>>> benchmarks = new(StringComparer.Ordinal)
{
    ["flow"] = FlowComparison.RunAsync,
    ["host"] = HostBenchmark.RunAsync,
    ["memory"] = () => MemoryBenchmark.RunAsync(),
    ["drain"] = () => Task.FromResult(DrainBenchmark.RunAll()),
    ["worker"] = WorkerBenchmark.RunAsync,
    ["cold"] = ColdStartBenchmark.RunAsync,
    ["operations"] = OperationsBenchmark.RunAsync,
    ["redrive"] = () => KilledRedriveBenchmark.RunAsync(KilledRedriveBenchmark.Usual),
};
if (args is ["flow-once"])
    return await FlowBenchmark.RunAsync() ? 0 : 1;
if (args is ["drain", .. [_, ..] words] && !words.Any(benchmarks.ContainsKey))
    return DrainBenchmark.RunSome(words) ? 0 : 1;
if (args is ["redrive", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
    return await KilledRedriveBenchmark.RunAsync(count) ? 0 : 1;
if (args is [Flood.Word, var api, var messages, var isDead])
{
    await Flood.RunAsync(new Uri(api), int.Parse(messages, CultureInfo.InvariantCulture), bool.Parse(isDead));
    return 0;
}

if (args is ["memory", .. [_, ..] cases] && !cases.Any(benchmarks.ContainsKey))
    return await MemoryBenchmark.RunAsync(cases) ? 0 : 1;

string[] chosen = args.Length > 0 ? args : [.. benchmarks.Keys];
if (chosen.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'; there are {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

bool allHold = true;
foreach (string name in chosen)
    allHold &= await benchmarks[name]();
return allHold ? 0 : 1;
