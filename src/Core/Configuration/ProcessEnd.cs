using Microsoft.Extensions.Hosting;

namespace Courier.Configuration;

/// <summary>Ends the process from within, with an exit code that says how it went. <see cref="CourierHost.RunCourierAsync"/> returns it.</summary>
public sealed class ProcessEnd(IHostApplicationLifetime lifetime)
{
    /// <summary>0 until somebody says otherwise.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Asks the host to stop in good order.</summary>
    public void End(int exitCode)
    {
        ExitCode = exitCode;
        lifetime.StopApplication();
    }
}
