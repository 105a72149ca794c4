using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Courier.Configuration;

/// <summary>Runs a host to its end, and turns wrong settings into one message for a person instead of a stack trace.</summary>
public static class CourierHost
{
    /// <param name="begin">Called once the settings are known to be right, before anything starts.</param>
    /// <returns>The process's exit code: 1 when settings are wrong, otherwise that of <see cref="ProcessEnd"/>.</returns>
    public static async Task<int> RunCourierAsync(this IHost host, Action? begin = null)
    {
        try
        {
            // The host does this too, but first it makes its hosted services, and one that needs a wrong setting hides all others.
            host.Services.GetService<IStartupValidator>()?.Validate();
            ProcessEnd end = host.Services.GetRequiredService<ProcessEnd>(); // the host disposes of its services when it has run
            begin?.Invoke();
            await host.RunAsync();
            return end.ExitCode;
        }
        catch (Exception e) when (StartupErrors.Describe(e) is { } wrongSettings)
        {
            await Console.Error.WriteLineAsync(wrongSettings);
            return 1;
        }
    }
}
