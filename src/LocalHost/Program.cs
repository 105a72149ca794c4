using Courier.LocalHost;
using Courier.LocalHost.Surroundings;

try
{
    Arguments arguments = Arguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(Arguments.Usage);
        return 0;
    }

    return arguments.Message is null
        ? await LocalCourier.RunAsync(arguments)
        : await LocalCourier.SendAsync(arguments);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{Arguments.Usage}");
    return 2;
}
catch (SurroundingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
