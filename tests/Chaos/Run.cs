namespace Courier.Chaos;

/// <summary>One run: trouble, calm, the end of everything, and the inquest.</summary>
internal sealed class Run(Plan plan)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_told = TimeSpan.FromSeconds(30);

    private long _begun = TimeProvider.System.GetTimestamp();
    private TimeSpan _told;
    private int _kills;

    /// <returns>Whether everything held.</returns>
    public async Task<bool> RunAsync()
    {
        await using World world = await World.CreateAsync(plan);
        await Task.WhenAll(world.Victims.Select(victim => victim.ReadyAsync()));
        Console.Error.WriteLine($"at work after {TimeProvider.System.GetElapsedTime(_begun).TotalSeconds:0} s");
        _begun = TimeProvider.System.GetTimestamp();
        world.Trouble.Begin();
        Post post = new(world.Storage, world.Api, plan);
        Consumer consumer = new(world.Storage);
        Task consuming = consumer.RunAsync();
        await foreach (Task ended in Task.WhenEach(KillAsync(world), TroubledAsync(world), post.RunAsync()))
            await ended; // at once, if it failed
        await SettledAsync(world);
        foreach (Victim victim in world.Victims)
            await victim.StopAsync();
        consumer.Stop();
        await consuming;

        Inquest inquest = new(world, post, consumer);
        await inquest.RunAsync();
        return Tell(world, inquest);
    }

    private Task KillAsync(World world) =>
        Task.WhenAll(world.Victims.Select((victim, i) => KillAsync(world, victim, plan.Kills * (i + 1) / world.Victims.Count - plan.Kills * i / world.Victims.Count, new Random(plan.Seed + i + 1))));

    /// <summary>Each kill meets a process at work: one that has made some calls since it was started, as many as there are to a kill at the most.</summary>
    private async Task KillAsync(World world, Victim victim, int kills, Random random)
    {
        for (int kill = 0; kill < kills && TimeProvider.System.GetElapsedTime(_begun) < plan.Longest; kill++)
        {
            TimeSpan due = plan.Trouble * ((kill + random.NextDouble()) / kills);
            if (due - TimeProvider.System.GetElapsedTime(_begun) is var left && left > TimeSpan.Zero)
                await Task.Delay(left, TimeProvider.System);
            await AtWorkAsync(world, victim, random.Next(1, Math.Max(2, plan.Requests / plan.Kills)));
            await victim.KillAsync();
            Interlocked.Increment(ref _kills);
            await TellAsync(world);
        }
    }

    private static async Task AtWorkAsync(World world, Victim victim, int calls)
    {
        DateTimeOffset since = victim.Kills.Count > 0 ? victim.Kills[^1].At : DateTimeOffset.MinValue;
        for (long begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < s_idle; await Task.Delay(s_glance, TimeProvider.System))
        {
            await victim.ReadyAsync();
            if (world.Api.Requests.Reverse().TakeWhile(call => call.At > since).Count(call => call.Id == victim.Client) >= calls)
                return;
        }
    }

    /// <summary>Until every fault of the plan has met a request; what fits none any more is over with the requests.</summary>
    private async Task TroubledAsync(World world)
    {
        while (!world.Trouble.IsOver && TimeProvider.System.GetElapsedTime(_begun) < plan.Longest)
            await Task.Delay(s_look, TimeProvider.System);
    }

    private async Task SettledAsync(World world)
    {
        long calm = TimeProvider.System.GetTimestamp();
        while (await world.Storage.Requests.CountAsync(CancellationToken.None) + await world.Storage.Poison.CountAsync(CancellationToken.None) > 0
            && TimeProvider.System.GetElapsedTime(calm) < plan.Patience)
        {
            await Task.Delay(s_look, TimeProvider.System);
            await Task.WhenAll(world.Victims.Select(victim => victim.ReadyAsync()));
            await TellAsync(world);
        }
    }

    private async Task TellAsync(World world)
    {
        TimeSpan now = TimeProvider.System.GetElapsedTime(_begun);
        if (now - _told < s_told)
            return;
        _told = now;
        await Console.Error.WriteLineAsync($"{now.TotalSeconds:0} s: {_kills} kills, {world.Trouble.Met} storage faults, {world.Api.Requests.Count} calls, {await world.Storage.Requests.CountAsync(CancellationToken.None)} messages waiting");
    }

    private bool Tell(World world, Inquest inquest)
    {
        foreach (string violation in inquest.Violations.Take(20))
            Console.WriteLine("  " + violation);
        if (inquest.Accidents.Count > 0)
            Console.WriteLine($"  otherwise than the table says: {string.Join(", ", inquest.Accidents.Select(each => $"{each.Value} {each.Key}"))}");
        Console.WriteLine($"seed {plan.Seed}: {inquest.Requests} requests, {world.Api.Requests.Count} calls, {_kills} kills, {world.Victims.Sum(victim => victim.FailedStarts)} failed starts, {world.Trouble.Met} storage faults ({world.Trouble.Faults.Count} operations), "
            + $"{inquest.Repetitions.Count} calls repeated ({inquest.Repetitions.Count(each => each.Why == "kill")} by kills, {inquest.Repetitions.Count(each => each.Why == "storage")} by the storage), "
            + $"{inquest.WrittenTwice} outcomes written twice, at most {inquest.Window} calls in a window of {Plan.QuotaLimit} ({inquest.Again} of them again, {inquest.Refused} refused), {inquest.Lost} lost, {inquest.Violations.Count} violations, "
            + $"{TimeProvider.System.GetElapsedTime(_begun).TotalSeconds:0} s");
        return inquest.Violations.Count == 0;
    }
}
