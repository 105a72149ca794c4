using System.Runtime.InteropServices;
using Courier.ApiSimulator;

SimulatedApi api;
SimulatorOptions options;
try
{
    options = SimulatorOptions.Parse(args);
    api = await SimulatedApi.StartAsync(options);
}
catch (Exception problem) when (problem is FormatException or IOException)
{
    Console.Error.WriteLine($"{problem.Message}\n{SimulatorOptions.Usage}");
    return 2;
}

TaskCompletionSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

Console.WriteLine($"Simulated API at {api.BaseAddress} with the key {options.Key}. Ctrl-C stops it.");
await stop.Task;
await api.DisposeAsync();
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}
