namespace Courier.Bench;

/// <summary>
/// (a) The flow of one message without I/O, in this build and in an earlier one: the same code measures both, each in processes of its own, in turns.
/// Processor time is measured, which other work on the machine disturbs less than it does the clock; it still slows down the processor
/// that it shares, so the bound in microseconds is for a quiet machine, and what counts on a busy one is the ratio.
/// </summary>
internal static class FlowComparison
{
    private const int Rounds = 5;

    public static async Task<bool> RunAsync()
    {
        Console.WriteLine($"flow: one message through read, admit, call, decide, apply, tell, without I/O (medians of {Rounds} processes in turns)");
        await using EarlierBuild? earlier = await EarlierBuild.CreateAsync();
        List<FlowSample> now = [], before = [];
        for (int round = 0; round < Rounds; round++)
        {
            if (earlier is not null)
                before.Add(await FlowSample.TakeAsync(earlier.Program, "flow"));
            now.Add(await FlowSample.TakeAsync(typeof(FlowComparison).Assembly.Location, "flow-once"));
        }

        bool holds = earlier is null || Compare(before, now);
        return Verdict.Print("processor time a message (on a quiet machine)", Median(now, sample => sample.Microseconds), "us", 10, isUpper: true)
            & Verdict.Print("allocated a message", Median(now, sample => sample.Kilobytes), "KB", 6, isUpper: true)
            & holds;
    }

    private static bool Compare(List<FlowSample> before, List<FlowSample> now)
    {
        double time = Median(before, sample => sample.Microseconds), memory = Median(before, sample => sample.Kilobytes);
        Console.WriteLine($"  {EarlierBuild.Commit}: {time:0.00} us, {memory:0.00} KB a message");
        return Verdict.Print($"processor time, against {EarlierBuild.Commit}", Median(now, sample => sample.Microseconds) / time, "x", 0.6, isUpper: true)
            & Verdict.Print($"allocated, against {EarlierBuild.Commit}", Median(now, sample => sample.Kilobytes) / memory, "x", 0.7, isUpper: true);
    }

    private static double Median(List<FlowSample> samples, Func<FlowSample, double> figure) => samples.Select(figure).Order().ElementAt(Rounds / 2);
}
