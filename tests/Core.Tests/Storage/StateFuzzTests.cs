using System.Globalization;
using System.Text;
using System.Text.Json;
using Courier.Contracts;
using Courier.Health;
using Courier.Messages;
using Courier.Orders;
using Courier.Pacing;
using Courier.Processing;
using Courier.Quota;
using Courier.Schedules;
using Courier.Storage;
using Courier.Tests.Messages;
using Courier.Tests.Schedules;
using Courier.Watch;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Storage;

/// <summary>Generated state through every reader: what counts as sound can be used. How many, and the seed: <see cref="Fuzz"/>.</summary>
public sealed class StateFuzzTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly QuotaOptions s_quota = new();

    private static readonly string[] s_documents =
    [
        """{"version":1,"key":"0123456789abcdef0123456789abcdef","charges":[[17672688000000000,10000,50],[9000000000,0,3,7]],"high":[[17672688000000000,0,2]],"head":10,"tail":90,"plannedFrom":"2026-01-01T12:00:00Z","lineOpens":"2026-01-01T12:00:00Z","closedUntil":"2026-01-01T12:01:00Z","nextAhead":"2026-01-01T12:00:00Z","others":{"calls":7,"foundAt":"2026-01-01T11:00:00Z"},"stocks":{"a":3001767268800000},"rotation":{"writers":{"a":1767268800000,"b":1767268799000}}}""",
        """{"version":1,"schedules":[{"name":"a","lastTick":"2026-01-01T11:00:00Z","running":{"tick":"2026-01-01T12:00:00Z","since":"2026-01-01T12:00:00Z","runs":2},"seenAt":"2026-01-01T00:00:00Z"},{"name":"b","lastTick":"2026-01-01T11:00:00Z"}]}""",
        """{"version":1,"keyHash":"0123456789abcdef","since":"2026-01-01T11:00:00Z","probedAt":"2026-01-01T11:59:00Z"}""",
        """{"version":1,"watchingSince":"2026-01-01T00:00:00Z","readAt":"2026-01-01T11:59:00Z","outage":{"since":"2026-01-01T11:00:00Z","openedAt":"2026-01-01T11:02:00Z","toldAt":"2026-01-01T11:02:00Z","isTotal":true,"probeFailed":false},"lastSuccessAt":"2026-01-01T10:00:00Z","pending":[]}""",
        """{"pause":{"since":"2026-01-01T11:00:00Z","by":"a","why":"b"},"cancelled":[{"id":"r1","at":"2026-01-01T11:00:00Z","by":"a","why":"b"},{"id":"r2","at":"2026-01-01T10:00:00Z","by":"c"}]}""",
        """{"instance":"i","at":"2026-01-01T11:59:00Z"}""",
        """{"deadLetteredAt":"2026-01-01T11:00:00Z","run":"a","sentAt":"2026-01-01T11:30:00Z","claimedBy":"m1"}""",
        """{"version":1,"instance":"i","at":"2026-01-01T11:59:55Z","buckets":[{"at":"2026-01-01T11:59:40Z","calls":3,"failures":2,"deadLetters":1},{"at":"2026-01-01T11:59:50Z","calls":3}],"failedCalls":[{"at":"2026-01-01T11:59:40Z","id":"r1","method":"GET","path":"/x","outcome":"server-error"}],"deadLetters":[],"lastSuccessAt":"2026-01-01T11:00:00Z"}""",
    ];

    [Fact]
    public async Task No_document_that_counts_as_sound_breaks_its_reader()
    {
        int count = Fuzz.States;
        Random random = new(Fuzz.Seed);
        int sound = 0;
        for (int i = 0; i < count; i++)
        {
            int kind = random.Next(s_documents.Length);
            string text = SpoiltJson.Of(s_documents[kind], random);
            try
            {
                sound += await ReadAsync(kind, Encoding.UTF8.GetBytes(text)) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Number {i}: {e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n')[0]}\n{text}"));
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} documents from seed {Fuzz.Seed}, {sound} of them sound: 0 exceptions"));
        Assert.InRange(sound, count / 50, count); // else it would be no test of what is sound
    }

    private static async ValueTask<bool> ReadAsync(int kind, byte[] text) => kind switch
    {
        0 => Parse(text, QuotaJson.Format.LedgerState) is { } ledger && Use(ledger),
        1 => Parse(text, ScheduleJson.Format.ScheduleState) is { } schedules && SchedulePolicy.Claim([TestSchedules.Create("a"), TestSchedules.Create("c")], schedules, s_now).Next.Problem(s_now) is null,
        2 => Parse(text, PacingJson.Format.CredentialState) is { } hold && (s_now - hold.Since) / 2 > TimeSpan.FromDays(-2),
        3 => Parse(text, WatchJson.Format.AlertState) is { } alerts && CreatePolicy().Evaluate(CreateFacts([]), alerts).Raised.Count >= 0,
        4 => await UseOrdersAsync(text),
        5 => Deserialize(text, WatchJson.Format.GaugeClaim) is { } claim && (s_now - claim.At).Duration() >= TimeSpan.Zero,
        6 => await ClaimAsync(text),
        _ => Deserialize(text, HealthJson.Format.HealthReport) is { } report && report.Problem(s_now) is null && CreatePolicy().Evaluate(CreateFacts([report]), new AlertState { WatchingSince = s_now }).Raised.Count >= 0,
    };

    private static async Task<bool> UseOrdersAsync(byte[] text)
    {
        CourierStorage storage = CreateStorage();
        await storage.State.WriteAsync(OrderBook.Blob, text, "application/json", CancellationToken.None);
        OrderBook book = await new StandingOrders(storage, new FakeClock(s_now), () => 0).ReadAsync(CancellationToken.None);
        _ = book.CancelOf(TestMessages.CreateEnvelope());
        return book.With([new CancelOrder("r3", s_now, "a", null)], s_now).Cancelled.Count > 1 && (book.Pause is not { } pause || HoldDelay.Of(s_now - pause.Since) > TimeSpan.Zero);
    }

    private static async Task<bool> ClaimAsync(byte[] text)
    {
        CourierStorage storage = CreateStorage();
        RedriveMarks marks = new(storage);
        DateTimeOffset at = new(2026, 1, 1, 11, 0, 0, TimeSpan.Zero);
        await storage.RequestBodies.WriteAsync("redriven/2026-01-01/r1.json", text, "application/json", CancellationToken.None);
        Envelope envelope = TestMessages.CreateEnvelope();
        bool isFound = await marks.FindAsync("r1", at, CancellationToken.None) is not null;
        return await marks.ClaimAsync(envelope with { Delivery = envelope.Delivery with { DeadLettered = [at] } }, TestMessages.CreateMessage("{}"), CancellationToken.None) && isFound;
    }

    private static CourierStorage CreateStorage() => new(new InMemoryStorage(new FakeClock(s_now)), Options.Create(new QueueOptions()));

    private static bool Use(LedgerState ledger)
    {
        LedgerState now = ledger.At(s_now, s_quota);
        (LedgerState next, Place?[] places) = now.Serve([Wish.Next.One, Wish.Urgent.One, new Wish.AtOnce(TimeSpan.FromSeconds(1))], s_now, s_quota, TimeSpan.Zero);
        _ = next.TurnOf(new Slot(SlotLane.Line, 12), s_now, s_quota);
        _ = next.Refused(s_now.AddMinutes(1), s_now, s_quota).Free(s_now, s_quota) + next.Rotation.After("a", s_now).UntilTurnOf("a", s_now, s_quota).Ticks;
        return places.Length == 3 && JsonSerializer.SerializeToUtf8Bytes(next, QuotaJson.Format.LedgerState).Length > 0;
    }

    private static T? Parse<T>(byte[] text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> format)
        where T : class, ISharedDocument =>
        Deserialize(text, format) is { Version: >= 0 and <= ISharedDocument.CurrentVersion } document && document.Problem(s_now) is null ? document : null;

    /// <summary>As <see cref="SharedState{T}"/> does.</summary>
    private static T? Deserialize<T>(byte[] text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> format)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, format);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AlertPolicy CreatePolicy() => new(Options.Create(new OutageOptions()), Options.Create(new AlertOptions()));

    private static HealthFacts CreateFacts(HealthReport[] reports) =>
        new(s_now, s_now, HealthWindow.Merge(reports, TimeSpan.FromHours(2), s_now), null, null, 3, null);
}
