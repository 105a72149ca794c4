using System.CommandLine;
using Courier.Cli.Examination;
using Courier.Cli.Output;

namespace Courier.Cli.Commands;

/// <summary><c>courier doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Looks at settings, storage, API and clock, and says what to do about what is wrong. Calls the API once, if Api:Key is set here.");
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            bool isWell = true;
            await foreach (Finding finding in new Doctor(session).ExamineAsync(cancelled))
            {
                isWell &= finding.Remedy is null || finding.IsHint;
                string mark = finding.Remedy is null ? "[green]ok[/]    " : finding.IsHint ? "[yellow]look[/]  " : "[red]wrong[/] ";
                Terminal.Line($"{mark}{Terminal.Safe(finding.What)}: {Terminal.Safe(finding.Found, 600)}{(finding.Remedy is { } remedy ? " " + Terminal.Safe(remedy, 600) : "")}");
            }

            return isWell ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
