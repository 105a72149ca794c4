using System.Text;
using Courier.Pacing;
using Courier.Processing;
using Courier.Quota;
using Courier.Schedules;
using Courier.Storage;
using Courier.Watch;

namespace Courier.Simulation;

/// <summary>One run: instances, storage, API and all that goes wrong, on one clock and out of one seed.</summary>
internal sealed class World
{
    private static readonly TimeSpan s_posting = TimeSpan.FromMinutes(10);

    /// <summary>After that nothing goes wrong any more: what is still there must come to its end.</summary>
    private static readonly TimeSpan s_trouble = TimeSpan.FromMinutes(40);

    private static readonly TimeSpan s_patience = TimeSpan.FromHours(12);

    /// <summary>The ledger is never deleted: an instance that has just started cannot know that there was one (docs/reliability.md).</summary>
    private static readonly string[] s_documents = [LedgerStore.Blob, CredentialHold.Blob, ScheduleClaims.Blob, AlertState.Blob];

    private static readonly string[] s_garbage = ["", "null", "[null]", "{}", "{\"version\":9}", "{\"schedules\":[null]}", "{\"watchingSince\":\"9999-12-31T23:59:59Z\"}"];

    private readonly List<Instance> _instances = [];
    private readonly DateTimeOffset _begun;
    private (string Blob, DateTimeOffset Until) _lease = ("", DateTimeOffset.MinValue);

    public World(Plan plan)
    {
        (Plan, Chance, Storage) = (plan, new Random(plan.Seed), new InMemoryStorage(Clock));
        _begun = Clock.GetUtcNow();
        Api = new Api(this);
    }

    public static Dictionary<string, string?> Settings { get; } = new()
    {
        ["Quota:Limit"] = $"{Api.Limit}",
        ["Quota:Window"] = $"{Api.Window}",
        ["Quota:MaxRate"] = "50",
        ["Resilience:Retries"] = "2",
        ["Resilience:BaseDelay"] = "00:00:00.200",
        ["Routing:BaseDelay"] = "00:00:05",
        ["Routing:MaxDelay"] = "00:01:00",
        ["Routing:MaxAttempts"] = "4",
        ["Routing:MaxRefusals"] = "5",
        ["Schedules:0:Name"] = "tick",
        ["Schedules:0:Cron"] = "0 * * * * *",
        ["Schedules:0:Request"] = """{"method":"GET","path":"/tick"}""",
    };

    public Plan Plan { get; }

    public VirtualClock Clock { get; } = new();

    public Random Chance { get; }

    public InMemoryStorage Storage { get; }

    public Api Api { get; }

    public Ledger Book { get; } = new();

    public int Crashes { get; set; }

    public int Faults { get; private set; }

    /// <summary>What was told may be told again: its memory was taken away.</summary>
    public bool AlertsWereLost { get; private set; }

    private bool IsCalm => Clock.GetUtcNow() - _begun > s_trouble;

    /// <returns>What does not hold; nothing when all does.</returns>
    public IReadOnlyList<string> Run()
    {
        IReadOnlyList<string> violations = [];
        Clock.Run(async () =>
        {
            await using TestCourier sender = new(new CourierSetup { Time = Clock, Storage = Storage });
            for (int i = 0; i < Plan.Instances; i++)
                _instances.Add(new Instance(this));
            _ = GarbleAsync();
            await PostAsync(sender);
            bool isDrained = await DrainAsync(sender);
            violations = await new Inquest(this, sender).FindAsync(isDrained);
        });
        return violations;
    }

    public bool IsTime(Trouble trouble, double probability) => Plan.Trouble.HasFlag(trouble) && !IsCalm && Chance.NextDouble() < probability;

    /// <summary>How an operation of an instance goes.</summary>
    public StorageManner Fate(StorageOperation operation, Instance instance)
    {
        if (instance.IsDead)
            return StorageManner.DeadBefore;
        if (IsTime(Trouble.Crashes, 0.002))
        {
            instance.Die();
            return Chance.Next(2) == 0 ? StorageManner.DeadBefore : StorageManner.DeadAfter;
        }

        if (operation.Verb == "replace" && Clock.GetUtcNow() < _lease.Until && operation.Blob == _lease.Blob)
            return Fault(StorageManner.Leased, operation, instance);
        if (operation.Verb == "replace" && IsTime(Trouble.Leases, 0.001))
            _lease = (operation.Blob!, Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        if (operation.Verb == "replace" && IsTime(Trouble.Conflicts, 0.02))
            return Fault(StorageManner.Conflict, operation, instance);
        return IsTime(Trouble.Storage, 0.01)
            ? Fault((StorageManner[])[StorageManner.Refused, StorageManner.Slow, StorageManner.Unanswered, StorageManner.Lost] is var manners ? manners[Chance.Next(manners.Length)] : default, operation, instance)
            : StorageManner.Well;
    }

    /// <summary>Another one starts in its place, as a platform does.</summary>
    public async Task ReplaceAsync(Instance dead)
    {
        await Task.Delay(TimeSpan.FromSeconds(Chance.Next(1, 60)), Clock);
        _instances[_instances.IndexOf(dead)] = new Instance(this);
    }

    private StorageManner Fault(StorageManner manner, StorageOperation operation, Instance instance)
    {
        Faults++;
        if (manner != StorageManner.Slow && operation.Verb is "send" or "write" or "delete" or "renew")
            instance.Explain(Flight.Current);
        return manner;
    }

    private async Task PostAsync(TestCourier sender)
    {
        for (int i = 0; i < Plan.Requests; i++)
        {
            string kind = Api.Kinds[Chance.Next(Api.Kinds.Length)];
            string id = $"{i}-{kind}";
            Book.Accept(id);
            await sender.Get<RequestQueue>().PostAsync(Encoding.UTF8.GetBytes(Message(id, kind)), Clock.GetUtcNow(), CancellationToken.None);
            await Task.Delay(s_posting / Plan.Requests, Clock);
        }
    }

    private static string Message(string id, string kind) => kind switch
    {
        "post" => $$"""{"id":"{{id}}","method":"POST","path":"/r/{{id}}","body":[1]}""",
        "large" => $$"""{"id":"{{id}}","method":"PUT","path":"/r/{{id}}","body":"{{new string('b', 50_000)}}"}""",
        "quiet" => $$"""{"id":"{{id}}","method":"GET","path":"/r/{{id}}","reply":false}""",
        "list" => $$"""{"id":"{{id}}","method":"GET","path":"/r/{{id}}","paginate":true}""",
        "invalid" => $$"""{"id":"{{id}}","method":"GET","path":"/r/{{id}}","token":"{{TestCourier.Key}}"}""",
        "expired" => $$"""{"id":"{{id}}","method":"GET","path":"/r/{{id}}","expiresAt":"2020-01-01T00:00:00Z"}""",
        _ => $$"""{"id":"{{id}}","method":"GET","path":"/r/{{id}}"}""",
    };

    private async Task<bool> DrainAsync(TestCourier sender)
    {
        while (Clock.GetUtcNow() - _begun < s_patience)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), Clock);
            if (IsCalm && await sender.WaitingAsync() == 0 && await sender.Storage.Poison.CountAsync(CancellationToken.None) == 0)
                return true;
        }

        return false;
    }

    private async Task GarbleAsync()
    {
        while (!IsCalm)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), Clock);
            if (!IsTime(Trouble.State, 0.1))
                continue;
            string document = s_documents[Chance.Next(s_documents.Length)];
            AlertsWereLost |= document == AlertState.Blob;
            IBlobContainer state = Storage.Container("api-state");
            if (document != LedgerStore.Blob && Chance.Next(2) == 0)
                await state.DeleteAsync(document, CancellationToken.None);
            else
                await state.WriteAsync(document, Encoding.UTF8.GetBytes(s_garbage[Chance.Next(s_garbage.Length)]), "application/json", CancellationToken.None);
        }
    }
}
