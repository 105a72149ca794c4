using System.Net;
using Courier.Configuration;
using Courier.Contracts;
using Courier.Operations.DeadLetters;
using Courier.Operations.Redrives;
using Courier.Storage;

namespace Courier.Operations.Tests;

/// <summary>A Courier with an operator beside it, on a standing clock.</summary>
internal static class Desk
{
    public static readonly Operator Who = new("tester", "a test");

    public static TestCourier Create(Func<string, int>? answer = null, IStorage? storage = null, HttpMessageHandler? api = null, params (string Key, string Value)[] settings)
    {
        TestCourier courier = new(new CourierSetup
        {
            Storage = storage,
            Api = api,
            Register = (services, configuration) => services.AddCourierOperations().AddCourierCore(configuration),
        }.With(settings));
        courier.Api.Answer = answer ?? (_ => 200);
        return courier;
    }

    /// <summary>Requests with these ids to paths of the same names, all of which become dead letters.</summary>
    public static async Task GiveUpAsync(this TestCourier courier, params IEnumerable<string> ids)
    {
        foreach (string id in ids)
            await courier.PostAsync($$"""{"id":"{{id}}","method":"GET","path":"/{{id}}"}""");
        await courier.ProcessAsync();
    }

    public static async Task<RedriveRun> BeginAsync(this TestCourier courier, DeadLetterFilter? filter = null, bool isAllAtOnce = false)
    {
        Redrive redrive = courier.Get<Redrive>();
        return await redrive.BeginAsync(await redrive.PlanAsync(filter ?? new DeadLetterFilter(), CancellationToken.None), Who, isAllAtOnce, CancellationToken.None);
    }

    /// <summary>Runs it to its end while Courier works beside it.</summary>
    public static Task<List<RedriveProgress>> RunAsync(this TestCourier courier, RedriveRun run, Func<RedriveProgress, bool>? until = null) => Task.Run(async () =>
    {
        List<RedriveProgress> seen = [];
        Task running = CollectAsync();
        while (!running.IsCompleted)
        {
            await courier.ProcessAsync();
            courier.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await running;
        return seen;

        async Task CollectAsync()
        {
            await foreach (RedriveProgress progress in courier.Get<Redrive>().RunAsync(run, CancellationToken.None))
            {
                seen.Add(progress);
                if (until?.Invoke(progress) == true)
                    break;
            }
        }
    });

    /// <summary>Freezes whatever matches, and sends it back.</summary>
    public static async Task<List<RedriveProgress>> RedriveAsync(this TestCourier courier, DeadLetterFilter? filter = null, bool isAllAtOnce = false) =>
        await courier.RunAsync(await courier.BeginAsync(filter, isAllAtOnce));
}
