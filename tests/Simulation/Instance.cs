using System.Text;
using System.Text.RegularExpressions;
using Courier.Configuration;
using Courier.Health;
using Courier.Processing;
using Courier.Schedules;
using Courier.Storage;
using Courier.Watch;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Simulation;

/// <summary>One process: the whole of Courier behind a listener and timers like the host's. It ends where it waits, and then nothing of it moves any more.</summary>
#pragma warning disable CA1001 // A process that ends in the middle of something disposes of nothing.
internal sealed partial class Instance
#pragma warning restore CA1001
{
    private const int AtOnce = 24;
    private const int MaxDequeueCount = 5;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_return = TimeSpan.FromSeconds(30);

    private readonly World _world;
    private readonly TestCourier _courier;
    private readonly IStorage _storage;
    private readonly HashSet<Flight> _flights = [];

    public Instance(World world)
    {
        _world = world;
        TimeSpan skew = world.Plan.Trouble.HasFlag(Trouble.Clocks) ? TimeSpan.FromSeconds((world.Chance.NextDouble() * 4) - 2) : TimeSpan.Zero;
        _storage = new FaultyStorage(world.Storage, world.Clock, operation => world.Fate(operation, this));
        _courier = new TestCourier(new CourierSetup
        {
            Api = new StubApi((request, cancellationToken) => world.Api.AnswerAsync(request, this, cancellationToken)),
            Time = new SkewedClock(world.Clock, skew),
            Storage = _storage,
            Settings = World.Settings,
            Register = (services, configuration) => services.AddSingleton(new InstanceId($"{world.Chance.NextInt64():x32}")).AddCourierCore(configuration),
        });
        _ = ListenAsync(_courier.Storage.Requests, _courier.Get<RequestProcessor>().ProcessAsync, _courier.Storage.Poison);
        _ = ListenAsync(_courier.Storage.Poison, _courier.Get<PoisonCapture>().CaptureAsync, null);
        _ = RepeatAsync(TimeSpan.FromMinutes(1), _courier.Get<ScheduleRunner>().RunAsync);
        _ = RepeatAsync(TimeSpan.FromMinutes(1), _courier.Get<HealthWatch>().RunAsync);
        _ = RepeatAsync(TimeSpan.FromSeconds(15), _courier.Get<HealthReports>().PublishAsync);
    }

    public bool IsDead { get; private set; }

    /// <summary>Here and now. What was under way may have been called, and will be delivered again.</summary>
    public void Die()
    {
        IsDead = true;
        _world.Crashes++;
        foreach (Flight flight in _flights)
            Explain(flight);
        _ = _world.ReplaceAsync(this);
    }

    /// <summary>A wait at which it may end.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        await Task.Delay(time, _world.Clock, cancellationToken);
        if (!IsDead && _world.IsTime(Trouble.Crashes, 0.01))
            Die();
        if (IsDead)
            await new TaskCompletionSource().Task;
    }

    public void Explain(Flight? flight)
    {
        if (flight?.Id is { } id)
            _world.Book.Explain(id);
    }

    private async Task ListenAsync(IMessageQueue queue, Func<QueuedMessage, CancellationToken, Task> handle, IMessageQueue? poison)
    {
        while (!IsDead)
        {
            IReadOnlyList<QueuedMessage> batch = [];
            if (_flights.Count < AtOnce)
                batch = await TryAsync(() => queue.ReceiveAsync(8, s_lease, CancellationToken.None)) ?? [];
            foreach (QueuedMessage message in batch)
                _ = HandleAsync(queue, message, handle, poison);
            await Task.Delay(batch.Count > 0 ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromSeconds(2), _world.Clock);
        }
    }

    private async Task HandleAsync(IMessageQueue queue, QueuedMessage message, Func<QueuedMessage, CancellationToken, Task> handle, IMessageQueue? poison)
    {
        Flight flight = new() { Id = await IdAsync(Encoding.UTF8.GetString(message.Body.Span)) };
        Flight.Current = flight;
        _flights.Add(flight);
        try
        {
            await handle(message, CancellationToken.None);
            await queue.DeleteAsync(message, CancellationToken.None);
        }
        catch (Exception)
        {
            Explain(flight);
            await TryAsync(() => ReturnAsync(queue, message, poison));
        }

        _flights.Remove(flight);
    }

    private static async Task<bool> ReturnAsync(IMessageQueue queue, QueuedMessage message, IMessageQueue? poison)
    {
        if (poison is null || message.DequeueCount < MaxDequeueCount)
            return await queue.RenewAsync(message, s_return, CancellationToken.None) is not null;
        await poison.SendAsync(message.Body, TimeSpan.Zero, CancellationToken.None);
        await queue.DeleteAsync(message, CancellationToken.None);
        return true;
    }

    private async Task RepeatAsync(TimeSpan every, Func<CancellationToken, Task> run)
    {
        while (!IsDead)
        {
            await Task.Delay(every - TimeSpan.FromTicks(_world.Clock.GetUtcNow().Ticks % every.Ticks), _world.Clock);
            Flight.Current = new Flight();
            await TryAsync(async () =>
            {
                await run(CancellationToken.None);
                return true;
            });
        }
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is StorageFailureException)
        {
            return default; // the host says so in its log, and goes on
        }
    }

    /// <summary>Of a claim check what lies in its blob says it: one that was put back unread has been given another.</summary>
    private async Task<string?> IdAsync(string message)
    {
        string? id = Id().Match(message) is { Success: true } own ? own.Groups[1].Value : null;
        if (ClaimCheck().Match(message) is not { Success: true } claim)
            return id;
        StoredBlob? blob = await _world.Storage.Container("api-requests").ReadAsync(claim.Groups[1].Value, CancellationToken.None);
        return (blob is null ? null : await IdAsync(Encoding.UTF8.GetString(blob.Content.Span))) ?? id;
    }

    [GeneratedRegex("\"claimCheck\":\"([^\"]+)\"")]
    private static partial Regex ClaimCheck();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();
}
