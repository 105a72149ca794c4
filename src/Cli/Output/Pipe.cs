using Microsoft.Win32.SafeHandles;

namespace Courier.Cli.Output;

/// <summary>
/// Standard output where it is a pipe: once nobody reads from it any more (<c>| head</c>), writing fails and the command ends. The runtime's own
/// stream takes no notice, so that the command would go on for nobody.
/// </summary>
internal static class Pipe
{
    private const int StandardOutput = 1;
    private const int BrokenPipe = 32; // EPIPE, on Linux and macOS

    public static void Open()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows())
            return;
        FileStream stream = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!stream.CanSeek) // a file keeps the place that it shares with standard error
            Console.SetOut(new StreamWriter(stream) { AutoFlush = true });
    }

    public static bool IsBroken(IOException failure) => failure.HResult == BrokenPipe;
}
