using System.Diagnostics;

namespace Courier.Simulation;

/// <summary>Many runs, seed after seed, on all processors. A seed that fails is shrunk, and printed as the command that repeats it.</summary>
internal sealed class Campaign(int first, int seeds, int requests, Trouble trouble, TimeSpan longest)
{
    private const int DeepStack = 256 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private (long Runs, long Requests, long Calls, long Crashes, long Faults, long Repeats) _sum;
    private long _failed;

    /// <returns>Whether everything held.</returns>
    public bool Run()
    {
        Parallel.ForEach(Enumerable.Range(first, seeds), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, state) =>
        {
            if (_clock.Elapsed > longest)
                state.Stop();
            else
                Try(new Plan(seed, requests, trouble));
        });
        Console.WriteLine($"{_sum.Runs} seeds from {first}, {_sum.Requests} requests, {_sum.Calls} calls, {_sum.Crashes} crashes, {_sum.Faults} storage faults, "
            + $"{_sum.Repeats} repetitions (each explained), {_failed} failed, {_clock.Elapsed.TotalSeconds:0} s");
        return _failed == 0 && Repeats(new Plan(first, requests, trouble));
    }

    /// <summary>A seed that fails is worth nothing when it does not fail again.</summary>
    private static bool Repeats(Plan plan)
    {
        (int Calls, int Crashes, int Faults, int Repeats)[] runs = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            World world = new(plan);
            Run(world);
            return (world.Api.Calls, world.Crashes, world.Faults, world.Book.Repeats);
        })];
        if (runs[0] != runs[1])
            Console.WriteLine($"./dev simulate {plan}: two runs differ, {runs[0]} and {runs[1]} (calls, crashes, storage faults, repetitions)");
        return runs[0] == runs[1];
    }

    private void Try(Plan plan)
    {
        World world = new(plan);
        IReadOnlyList<string> violations = Run(world);
        lock (_lock)
        {
            _sum = (_sum.Runs + 1, _sum.Requests + plan.Requests, _sum.Calls + world.Api.Calls, _sum.Crashes + world.Crashes, _sum.Faults + world.Faults, _sum.Repeats + world.Book.Repeats);
            if (violations.Count == 0)
                return;
            _failed++;
        }

        (Plan small, IReadOnlyList<string> still) = Shrink(plan, violations);
        lock (_lock)
            Console.WriteLine($"./dev simulate {plan}\n  smallest: ./dev simulate {small}\n{string.Join('\n', still.Take(10).Select(violation => "    " + violation))}");
    }

    private static (Plan Plan, IReadOnlyList<string> Violations) Shrink(Plan plan, IReadOnlyList<string> violations)
    {
        for (int tries = 0; tries < 60;)
        {
            bool isSmaller = false;
            foreach (Plan smaller in plan.Smaller())
            {
                tries++;
                if (Run(new World(smaller)) is not { Count: > 0 } still)
                    continue;
                (plan, violations, isSmaller) = (smaller, still, true);
                break;
            }

            if (!isSmaller)
                break;
        }

        return (plan, violations);
    }

    /// <summary>On a thread of its own: where the stack runs short, continuations go on elsewhere, beside what should wait for them.</summary>
    private static IReadOnlyList<string> Run(World world)
    {
        IReadOnlyList<string> violations = [];
        Thread thread = new(() => violations = RunHere(world), DeepStack);
        thread.Start();
        thread.Join();
        return violations;
    }

    private static IReadOnlyList<string> RunHere(World world)
    {
        try
        {
            return world.Run();
        }
        catch (Exception e)
        {
            return [$"{e.GetType().Name}: {e.Message.Split('\n')[0]} {e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Courier.", StringComparison.Ordinal))?.Trim()}"];
        }
    }
}
