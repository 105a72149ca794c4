using Courier.LocalHost;
using Courier.LocalHost.Commands;
using Courier.LocalHost.Surroundings;
using Courier.WorkerHost;

try
{
    Arguments arguments = Arguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(Arguments.Usage);
        return 0;
    }

    return arguments.Message is null
        ? await RunCommand.RunAsync(arguments)
        : await SendCommand.RunAsync(arguments);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{Arguments.Usage}");
    return 2;
}
catch (Exception e) when (e is SurroundingsException or WorkerFailedException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
