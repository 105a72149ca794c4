using System.Text;
using Courier.Contracts;
using Courier.Operations.DeadLetters;
using Courier.Processing;

namespace Courier.Operations.Tests;

/// <summary>Dead letters, listed and grouped.</summary>
public sealed class DeadLetterBookTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, DeadLetterFilter, string[]> Filters => new()
    {
        { "all", new(), ["a", "b", "c", "d"] },
        { "reason", new() { Reasons = ["not-found"] }, ["a", "b"] },
        { "reasons", new() { Reasons = ["not-found", "rejected"] }, ["a", "b", "d"] },
        { "status", new() { Statuses = [403] }, ["c"] },
        { "path", new() { Path = "/companies/*" }, ["a", "b"] },
        { "path without its query", new() { Path = "/companies/two.example" }, ["b"] },
        { "group", new() { Kinds = [new("not-found", 404, "/companies/*")] }, ["a", "b"] },
        { "groups", new() { Kinds = [new("forbidden", 403, "/rights"), new("rejected", 422, "/wrong"), new("rejected", 409, "/wrong")] }, ["c", "d"] },
        { "since", new() { Since = Day(2) }, ["c", "d"] },
        { "until", new() { Until = Day(2) }, ["a", "b"] },
        { "since and until", new() { Since = Day(1), Until = Day(3) }, ["a", "b", "c"] },
        { "text", new() { Text = "TEAM-7" }, ["b"] },
        { "ids", new() { Ids = ["a", "d", "x"] }, ["a", "d"] },
        { "several", new() { Reasons = ["not-found"], Text = "team-7", Ids = ["a", "b"] }, ["b"] },
        { "nothing", new() { Reasons = ["forbidden"], Statuses = [404] }, [] },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filters_combine(string name, DeadLetterFilter filter, string[] expected)
    {
        await using TestCourier courier = await CreateAsync();

        List<DeadLetterSummary> found = await courier.Get<DeadLetterBook>().ListAsync(filter, Cancelled).ToListAsync(Cancelled);

        Assert.NotEmpty(name);
        Assert.Equal(expected, found.Select(letter => letter.Id));
    }

    [Fact]
    public async Task Groups_count_what_has_reason_status_and_kind_of_path_in_common()
    {
        await using TestCourier courier = await CreateAsync();

        IReadOnlyList<DeadLetterGroup> groups = await courier.Get<DeadLetterBook>().GroupsAsync(new DeadLetterFilter(), Cancelled);

        Assert.Equal([("not-found", 404, "/companies/*", 2)], groups.Where(group => group.Count > 1).Select(group => (group.Reason, group.Status!.Value, group.Path!, group.Count)));
        Assert.Equal(3, groups.Count);
        Assert.All(groups, group => Assert.NotEmpty(group.Cause!));
        Assert.All(groups, group => Assert.NotEmpty(group.Remedies));
    }

    /// <summary>As a glob, <c>/customers/*</c> would take what is below a customer, too.</summary>
    [Fact]
    public async Task Group_has_exactly_the_members_that_it_counted()
    {
        await using TestCourier courier = Desk.Create(path => path == "/customers/3" ? 403 : 404);
        string[] messages =
        [
            Message("c1", "/customers/1"), Message("c2", "/customers/2?x=/customers/9"), Message("forbidden", "/customers/3"), Message("orders", "/customers/1/orders"), Message("order", "/customers/1/orders/7"),
            Message("named", "/customers/all"), Message("customers", "/customers/"), Message("outside", "//customers/1"), """{"id":"none"}""", "no request", Message("dash", "-"), Message("empty", ""),
        ];
        foreach (string message in messages)
            await courier.PostAsync(message);
        await courier.ProcessAsync();
        DeadLetterBook book = courier.Get<DeadLetterBook>();

        IReadOnlyList<DeadLetterGroup> groups = await book.GroupsAsync(new DeadLetterFilter(), Cancelled);

        Dictionary<string, int> found = [];
        foreach (DeadLetterGroup group in groups)
            found[group.Name] = await book.ListAsync(new DeadLetterFilter { Kinds = [DeadLetterKind.Parse(group.Name)!] }, Cancelled).CountAsync(Cancelled);
        Assert.Equal(groups.ToDictionary(group => group.Name, group => group.Count), found);
        Assert.Equal(messages.Length, found.Values.Sum());
        Assert.Equal(["c1", "c2"], await book.ListAsync(new DeadLetterFilter { Kinds = [new("not-found", 404, "/customers/*")] }, Cancelled).Select(letter => letter.Id).ToListAsync(Cancelled));

        static string Message(string id, string path) => $$"""{"id":"{{id}}","method":"GET","path":"{{path}}"}""";
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-found")]
    [InlineData("not-found /companies/*")]
    [InlineData("not-found -1 /companies/*")]
    [InlineData("not-found 404 /companies/* more")]
    public void What_is_no_groups_name_is_none(string name) => Assert.Null(DeadLetterKind.Parse(name));

    [Fact]
    public async Task Record_without_labels_is_read()
    {
        await using TestCourier courier = await CreateAsync();
        DeadLetterSummary letter = await courier.Get<DeadLetterBook>().ListAsync(new DeadLetterFilter { Ids = ["a"] }, Cancelled).SingleAsync(Cancelled);
        byte[] record = (await courier.Storage.DeadLetterRecords.ReadAsync(letter.Blob, Cancelled))!.Content.ToArray();
        await courier.Storage.DeadLetterRecords.WriteAsync(letter.Blob, record, "application/json", Cancelled);
        await courier.Storage.DeadLetterRecords.WriteAsync("2026-01-01/junk.json", "no json"u8.ToArray(), "application/json", Cancelled);

        List<DeadLetterSummary> found = await courier.Get<DeadLetterBook>().ListAsync(new DeadLetterFilter(), Cancelled).ToListAsync(Cancelled);

        Assert.Contains(letter, found);
        Assert.Equal(4, found.Count);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"id":null,"reason":"forbidden","title":"","cause":"","remedies":[],"request":{},"attempts":[],"firstSeenAt":"2026-01-01T00:00:00Z","deadLetteredAt":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"junk","reason":"forbidden","title":"","cause":"","remedies":[],"request":{"path":"\ud800"},"attempts":[],"firstSeenAt":"2026-01-01T00:00:00Z","deadLetteredAt":"2026-01-01T00:00:00Z"}""")]
    public async Task Record_that_cannot_be_read_hides_no_other(string text)
    {
        await using TestCourier courier = await CreateAsync();
        await courier.Storage.DeadLetterRecords.WriteAsync("2026-01-01/junk.json", Encoding.UTF8.GetBytes(text), "application/json", Cancelled);

        Assert.Equal(4, await courier.Get<DeadLetterBook>().ListAsync(new DeadLetterFilter(), Cancelled).CountAsync(Cancelled));
        Assert.Null(await courier.Get<DeadLetterBook>().FindAsync("junk", Cancelled));
    }

    [Fact]
    public async Task Purge_deletes_what_matches_and_refuses_to_delete_all()
    {
        await using TestCourier courier = await CreateAsync();
        DeadLetterPurge purge = courier.Get<DeadLetterPurge>();

        int count = await purge.RunAsync(new DeadLetterFilter { Reasons = ["not-found"] }, 2, Desk.Who, Cancelled);

        Assert.Equal(2, count);
        Assert.Equal(2, (await courier.RecordsAsync()).Count);
        await Assert.ThrowsAsync<ArgumentException>(() => purge.RunAsync(new DeadLetterFilter(), 2, Desk.Who, Cancelled));
        Audit.AuditEntry entry = await courier.Get<Audit.AuditLog>().ReadAsync(Cancelled).SingleAsync(Cancelled);
        Assert.Equal(("purge", "--reason not-found", 2, "tester", "a test"), (entry.Action, entry.What, entry.Count, entry.By, entry.Why));
    }

    [Fact]
    public async Task Latest_of_an_id_is_found()
    {
        await using TestCourier courier = await CreateAsync();
        await courier.GiveUpAsync("c");

        Messages.DeadLetterRecord? found = await courier.Get<DeadLetterBook>().FindAsync("c", Cancelled);

        Assert.Equal((courier.Now, 404), (found?.DeadLetteredAt, found?.Status));
        Assert.Null(await courier.Get<DeadLetterBook>().FindAsync("nobody", Cancelled));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(400)]
    public async Task One_is_found_however_long_ago_it_died(int days)
    {
        await using TestCourier courier = await CreateAsync();
        courier.Clock.Advance(TimeSpan.FromDays(days));

        Assert.Equal("c", (await courier.Get<DeadLetterBook>().FindAsync("c", Cancelled))?.Id);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("../../api-state/alerts")]
    [InlineData("a~x")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task What_is_no_id_is_not_looked_for(string id)
    {
        await using TestCourier courier = await CreateAsync();
        await courier.Storage.DeadLetterRecords.WriteAsync(DeadLetterSummary.BlobOf(id, courier.Now), "{}"u8.ToArray(), "application/json", Cancelled);

        Assert.Null(await courier.Get<DeadLetterBook>().FindAsync(id, Cancelled));
    }

    /// <summary>a and b on the first day, c on the second, d on the third.</summary>
    private static async Task<TestCourier> CreateAsync()
    {
        TestCourier courier = Desk.Create(path => path == "/rights" ? 403 : path == "/wrong" ? 422 : 404);
        await PostAsync("""{"id":"a","method":"GET","path":"/companies/one.example"}""");
        await PostAsync("""{"id":"b","method":"GET","path":"/companies/two.example?x=1","metadata":{"team":"team-7"}}""");
        courier.Clock.Advance(Day(2).AddHours(1) - courier.Now);
        await PostAsync("""{"id":"c","method":"GET","path":"/rights"}""");
        courier.Clock.Advance(TimeSpan.FromDays(1));
        await PostAsync("""{"id":"d","method":"PUT","path":"/wrong"}""");
        return courier;

        async Task PostAsync(string message)
        {
            await courier.Storage.Requests.SendAsync(Encoding.UTF8.GetBytes(message), TimeSpan.Zero, Cancelled);
            await courier.ProcessAsync();
        }
    }

    /// <summary>Midnight, of the clock's first days.</summary>
    private static DateTimeOffset Day(int day) => new DateTimeOffset(new FakeClock().GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(day - 1);
}
