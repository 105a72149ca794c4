using Courier.Page.Serving;
using Microsoft.Extensions.Hosting;

namespace Courier.LocalHost.Surroundings;

/// <summary>Serves the page while the run lasts.</summary>
internal sealed class LocalPage(IServiceProvider services, Arguments arguments) : IHostedService
{
    private PageServer? _page;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _page = await OpenAsync(cancellationToken);
        Console.WriteLine($"The page: {_page.Address}");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_page is not null)
            await _page.DisposeAsync();
    }

    private async Task<PageServer> OpenAsync(CancellationToken cancellationToken)
    {
        PageOptions options = new();
        try
        {
            return await PageServer.StartAsync(services, options with { Port = arguments.Port ?? options.Port }, cancellationToken);
        }
        catch (IOException) when (arguments.Port is null)
        {
            return await PageServer.StartAsync(services, options with { Port = 0 }, cancellationToken); // another run has the usual port
        }
        catch (IOException e)
        {
            throw new SurroundingsException($"The page cannot have port {arguments.Port}: {e.Message}");
        }
    }
}
