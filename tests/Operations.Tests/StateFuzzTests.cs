using System.Globalization;
using System.Text;
using Courier.Contracts;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Overview;
using Courier.Operations.Redrives;
using Courier.Storage;

namespace Courier.Operations.Tests;

/// <summary>Generated state through whatever shows it to an operator: no blob that somebody has spoilt takes the sight of the others. How many, and the seed: <see cref="Fuzz"/>.</summary>
public sealed class StateFuzzTests(ITestOutputHelper output)
{
    private const string Letter = """{"id":"r1","reason":"forbidden","status":403,"title":"Forbidden","cause":"a","remedies":["b"],"apiMessage":"c","request":{"method":"GET","path":"/x","batch":"n"},"response":{"status":403,"headers":{"a":"b"},"body":"d"},"attempts":[{"at":"2026-01-01T00:00:00Z","outcome":"rejected","status":403,"durationMs":5}],"firstSeenAt":"2026-01-01T00:00:00Z","deadLetteredAt":"2026-01-01T00:00:00Z","traceId":"t"}""";

    /// <summary>Blobs of the state container by name, but for the first.</summary>
    private static readonly (string Blob, string Text)[] s_documents =
    [
        ("2026-01-01/r1.json", Letter),
        ("quota-ledger.json", """{"version":1,"key":"0123456789abcdef0123456789abcdef","charges":[[17672256000000000,10000,50]],"head":10,"tail":90,"plannedFrom":"2026-01-01T00:00:00Z","closedUntil":"2026-01-01T00:01:00Z","rotation":{"writers":{"a":1767225600000}}}"""),
        ("credential-hold.json", """{"version":1,"keyHash":"0123456789abcdef","since":"2026-01-01T00:00:00Z","probedAt":"2026-01-01T00:00:00Z"}"""),
        ("alerts.json", """{"version":1,"watchingSince":"2026-01-01T00:00:00Z","readAt":"2026-01-01T00:00:00Z","outage":{"since":"2026-01-01T00:00:00Z","openedAt":"2026-01-01T00:00:00Z","isTotal":true},"pending":[]}"""),
        ("orders.json", """{"pause":{"since":"2026-01-01T00:00:00Z","by":"a","why":"b"},"cancelled":[{"id":"r1","at":"2026-01-01T00:00:00Z","by":"a"}]}"""),
        ("schedules.json", """{"version":1,"schedules":[{"name":"a","lastTick":"2026-01-01T00:00:00Z","running":{"tick":"2026-01-01T00:00:00Z","since":"2026-01-01T00:00:00Z","runs":2},"seenAt":"2026-01-01T00:00:00Z"}]}"""),
        ("redrives/one/set.json", """{"id":"one","begunAt":"2026-01-01T00:00:00Z","by":"a","what":"all","blobs":["2026-01-01/r1.json","2026-01-01/r2.json"],"isAllAtOnce":true}"""),
        ("redrives/one/progress.json", """{"run":"one","state":"Running","total":2,"next":1,"sent":1,"done":1,"returned":0,"skipped":0,"batchSize":5}"""),
        ("audit/2026-01-01/one.json", """{"at":"2026-01-01T00:00:00Z","by":"a","action":"pause","what":"everything","count":3,"why":"b"}"""),
    ];

    [Fact]
    public async Task No_document_takes_the_sight_of_the_others()
    {
        await using TestCourier courier = Desk.Create();
        foreach ((string blob, string text) in s_documents)
            await WriteAsync(courier.Storage, blob, text);
        Random random = new(Fuzz.Seed);
        for (int number = 0; number < Fuzz.States; number++)
        {
            (string blob, string sound) = s_documents[random.Next(s_documents.Length)];
            string text = SpoiltJson.Of(sound, random);
            await WriteAsync(courier.Storage, blob, text);
            try
            {
                await LookAsync(courier, blob);
            }
            catch (Exception e)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Number {number}, {blob}: {e.GetType().Name} {e.Message} {e.StackTrace}\n{text}"));
            }

            await WriteAsync(courier.Storage, blob, sound);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Fuzz.States} documents from seed {Fuzz.Seed}: 0 exceptions"));
        await LookAsync(courier, "");
    }

    private static async Task LookAsync(TestCourier courier, string blob)
    {
        switch (blob.Split('/')[0])
        {
            case "2026-01-01":
                _ = await courier.Get<DeadLetterBook>().GroupsAsync(new DeadLetterFilter { Path = "/x*" }, CancellationToken.None);
                _ = await courier.Get<DeadLetterBook>().FindAsync("r1", CancellationToken.None);
                break;
            case "redrives":
                _ = await courier.Get<RedriveStore>().UnfinishedAsync(CancellationToken.None);
                if (await courier.Get<RedriveStore>().FindAsync("one", CancellationToken.None) is { } run)
                    _ = await courier.Get<Redrive>().RunAsync(run, CancellationToken.None).FirstAsync(CancellationToken.None); // what follows is watched by the clock
                break;
            case "audit":
                _ = await courier.Get<AuditLog>().ReadAsync(CancellationToken.None).CountAsync(CancellationToken.None);
                break;
            default:
                Assert.NotNull(await courier.Get<StatusReader>().ReadAsync(CancellationToken.None));
                break;
        }
    }

    private static Task WriteAsync(CourierStorage storage, string blob, string text) =>
        (blob == s_documents[0].Blob ? storage.DeadLetterRecords : storage.State).WriteAsync(blob, Encoding.UTF8.GetBytes(text), "application/json", CancellationToken.None);
}
