using System.Text;
using Courier.LocalHost.Surroundings;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Courier.LocalHost.Commands;

/// <summary><c>./dev send</c>: posts one message, unread.</summary>
internal static class SendCommand
{
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        LocalSettings.ForSending(arguments).AddTo(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Services.AddCourier(builder.Configuration);
        using IHost host = builder.Build();

        byte[] text = Encoding.UTF8.GetBytes(arguments.Message!.StartsWith('@') ? await ReadFileAsync(arguments.Message[1..]) : arguments.Message);
        CourierStorage storage = host.Services.GetRequiredService<CourierStorage>();
        try
        {
            await storage.Requests.EnsureExistsAsync(CancellationToken.None);
            await storage.RequestBodies.EnsureExistsAsync(CancellationToken.None);
            await host.Services.GetRequiredService<RequestQueue>().PostAsync(text, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }
        catch (StorageFailureException e)
        {
            throw new SurroundingsException($"The storage does not answer ({e.Message}). Start it with ./dev run, or name another with --storage.");
        }

        Console.WriteLine($"Posted to {storage.Requests.Name}.");
        return 0;
    }

    private static async Task<string> ReadFileAsync(string path) => File.Exists(path)
        ? await File.ReadAllTextAsync(path)
        : throw new SurroundingsException($"The file '{path}' was not found.");
}
