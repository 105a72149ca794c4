using Courier;
using Courier.RoundTrip;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

try
{
    if (args is ["--help" or "-h"])
    {
        Console.WriteLine(Order.Usage);
        return 0;
    }

    Order order = Order.Parse(args);
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(); // not started: its settings come from the environment, and nothing runs
    builder.Logging.ClearProviders();
    builder.Services.AddCourier(builder.Configuration);
    using IHost host = builder.Build();
    Account account = await new Trip(host.Services.GetRequiredService<CourierStorage>(), TimeProvider.System).RunAsync(order, CancellationToken.None);
    Console.WriteLine(account);
    foreach (string id in account.Missing.Take(10))
        Console.WriteLine($"missing: {id}");
    return account.Missing.Count == 0 ? 0 : 1;
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{Order.Usage}");
    return 2;
}
