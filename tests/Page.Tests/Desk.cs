using Courier.Configuration;
using Courier.Contracts;
using Courier.Operations;
using Courier.Page.Serving;
using Courier.Storage;

namespace Courier.Page.Tests;

/// <summary>A Courier that works by the real clock, in memory, with a page in front of it.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    private Desk(TestCourier courier, PageServer page)
    {
        (Courier, Page) = (courier, page);
        _work = WorkAsync();
    }

    public TestCourier Courier { get; }

    public PageServer Page { get; }

    /// <summary>What the API answers, by path.</summary>
    public Func<string, int> Answer { set => Courier.Api.Answer = value; }

    public static async Task<Desk> OpenAsync(Func<string, int>? answer = null, bool isReadOnly = false, params (string Key, string Value)[] settings)
    {
        TestCourier courier = new(new CourierSetup
        {
            Time = TimeProvider.System,
            Storage = new InMemoryStorage(TimeProvider.System),
            Register = (services, configuration) => services.AddCourierOperations().AddCourierCore(configuration),
        }.With(settings));
        courier.Api.Answer = answer ?? (_ => 200);
        PageOptions options = new() { Port = 0, IsReadOnly = isReadOnly, Operator = "tester", Refresh = TimeSpan.FromMilliseconds(200) };
        return new Desk(courier, await PageServer.StartAsync(courier.Get<IServiceProvider>(), options, CancellationToken.None));
    }

    /// <summary>Posts requests, numbered from 1, and waits until they are settled.</summary>
    public async Task CarryAsync(int count, Func<int, string> message)
    {
        for (int i = 1; i <= count; i++)
            await Courier.PostAsync(message(i));
        await IdleAsync();
    }

    /// <summary>Until no request is on the queue.</summary>
    public async Task IdleAsync()
    {
        while (await Courier.WaitingAsync() > 0 && !_work.IsFaulted)
            await Task.Delay(s_beat, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>Until that is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo() && !_work.IsFaulted)
            await Task.Delay(s_beat, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        await Page.DisposeAsync();
        await Courier.DisposeAsync();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        using PeriodicTimer beat = new(s_beat);
        while (!_end.IsCancellationRequested)
        {
            while (await Courier.Storage.Requests.ReceiveAsync(32, s_lease, CancellationToken.None) is { Count: > 0 } messages)
            {
                foreach (QueuedMessage message in messages)
                    await Courier.ProcessAsync(message);
            }

            await beat.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
