using System.CommandLine;
using Courier.Cli.Output;
using Courier.Operations.Examination;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Cli.Commands;

/// <summary><c>courier doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Looks at settings, storage, clock and API, and says what to do about what is wrong. Calls the API once, if Api:Key is set here.");
        command.SetAction(async (parse, cancelled) =>
        {
            using Session session = Session.Open(parse);
            bool hasKey = session.Get<IOptions<ApiOptions>>().Value.Key != Session.NoKey;
            bool isWell = true;
            string before = "";
            await foreach (Diagnosis diagnosis in hasKey ? session.Get<Examiner>().ExamineAsync(cancelled) : session.Get<StorageExamination>().ExamineAsync(cancelled))
            {
                isWell &= diagnosis.Condition != Condition.Bad;
                string told = $"{Terminal.Safe(diagnosis.Finding, 600)} {Terminal.Safe(string.Join(' ', diagnosis.Remedies), 1000)}".TrimEnd();
                Terminal.Line($"{Mark(diagnosis.Condition)} {Terminal.Safe(diagnosis.What)}: {(diagnosis.Condition == Condition.Bad && told == before ? "the same." : told)}");
                before = told;
            }

            if (!hasKey)
                Terminal.Line($"{Mark(Condition.Doubtful)} API: not called. Set Api__Key in the environment to have it tried.");
            return isWell ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string Mark(Condition condition) => condition switch
    {
        Condition.Good => "[green]good[/] ",
        Condition.Doubtful => "[yellow]doubt[/]",
        _ => "[red]bad[/]  ",
    };
}
