using System.Globalization;
using Courier.Simulation;

// ./dev simulate [--seed s] [--seeds n] [--requests n] [--minutes n] [--trouble kinds]
Dictionary<string, string> options = Enumerable.Range(0, args.Length / 2).ToDictionary(i => args[2 * i], i => args[(2 * i) + 1]);
int Number(string name, int otherwise) => options.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

Trouble trouble = options.TryGetValue("--trouble", out string? kinds) ? Enum.Parse<Trouble>(kinds, ignoreCase: true) : Trouble.All;
int first = Number("--seed", 1), requests = Number("--requests", 1000);
int seeds = Number("--seeds", options.ContainsKey("--seed") ? 1 : 20);
return new Campaign(first, seeds, requests, trouble, TimeSpan.FromMinutes(Number("--minutes", 24 * 60))).Run() ? 0 : 1;
