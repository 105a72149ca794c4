using System.Globalization;
using Courier.Chaos;

// ./dev chaos [--minutes n] [--seed s] [--requests n] [--kills n] [--faults n] [--longest minutes]
Dictionary<string, string> options = Enumerable.Range(0, args.Length / 2).ToDictionary(i => args[2 * i], i => args[(2 * i) + 1]);
double Number(string name, double otherwise) => options.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

double minutes = Number("--minutes", 5);
Plan plan = new(
    (int)Number("--seed", Environment.TickCount & 0xFFFF), (int)Number("--requests", 1000 * minutes), (int)Number("--kills", 10 * minutes), (int)Number("--faults", 10 * minutes), TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(Number("--longest", 3 * minutes)));
return await new Run(plan).RunAsync() ? 0 : 1;
