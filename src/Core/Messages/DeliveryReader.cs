using System.Text.Json;

namespace Courier.Messages;

/// <summary>Reads <c>delivery</c>. Fields that it does not know are passed over: a newer version may have written them.</summary>
internal static class DeliveryReader
{
    private const string Field = "delivery";
    private const int LongestText = 128;

    /// <summary>About the year 2970, in ticks.</summary>
    private const long LatestSlot = 365_000 * TimeSpan.TicksPerDay;

    /// <summary>One, and as many retries as the settings allow.</summary>
    private const int MostTries = 11;

    public static Delivery Read(JsonElement root, DateTimeOffset insertedOn, List<string> problems)
    {
        if (root.TryGetProperty(Field, out JsonElement delivery) && delivery.ValueKind == JsonValueKind.Object)
            return ReadObject(delivery, insertedOn, problems);
        if (delivery.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            problems.Add("`delivery` is Courier's own; leave it out.");
        return new Delivery { FirstSeenAt = insertedOn };
    }

    private static Delivery ReadObject(JsonElement delivery, DateTimeOffset insertedOn, List<string> problems)
    {
        MessageFields fields = new(delivery, problems, Field + ".");
        return new Delivery
        {
            Attempt = fields.Count("attempt") ?? 0,
            FirstSeenAt = fields.Moment("firstSeenAt") ?? insertedOn,
            FirstCallAt = fields.Moment("firstCallAt"),
            Slot = Slot(delivery, fields, problems),
            Waited = TimeSpan.FromSeconds(fields.Count("waitedSeconds") ?? 0),
            Refusals = fields.Count("refusals") ?? 0,
            RefusedSince = fields.Moment("refusedSince"),
            History = [.. fields.Items("history").TakeLast(Delivery.HistoryLimit).Select(item => Call(item, insertedOn, problems))],
            Traceparent = Bounded("traceparent", fields.Text("traceparent"), problems),
            ClaimCheck = ClaimCheck(fields.Text("claimCheck"), problems),
            ClaimDigest = Bounded("claimDigest", fields.Text("claimDigest"), problems),
            List = List(fields.Text("list"), problems),
            Page = fields.Object("page") is { } page ? Page(new MessageFields(page, problems, "delivery.page."), problems) : null,
            DeadLettered = fields.Any("deadLettered") is null ? [] : [.. fields.Items("deadLettered").TakeLast(Delivery.RedriveLimit).Select(item => Moment(item, insertedOn, problems))],
            IsUnclaimed = fields.Flag("unclaimed") ?? false,
            Claimant = Bounded("claimant", fields.Text("claimant"), problems),
        };
    }

    /// <summary>Whether it is genuine only the ledger can tell. Another form (an older version's, a sender's) is no slot.</summary>
    private static Slot? Slot(JsonElement delivery, MessageFields fields, List<string> problems) =>
        delivery.TryGetProperty("slot", out JsonElement slot) && slot.ValueKind == JsonValueKind.Number && slot.TryGetInt64(out long number) && number is >= 0 and < LatestSlot
            ? new Slot(fields.Text("lane") == "ahead" ? SlotLane.Ahead : SlotLane.Line, number, Bounded("seal", fields.Text("seal"), problems))
            : null;

    private static CallRecord Call(JsonElement item, DateTimeOffset insertedOn, List<string> problems)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add("`delivery.history` must hold objects; leave `delivery` out, it is Courier's own.");
            return new CallRecord(insertedOn, "", null, 0);
        }

        MessageFields fields = new(item, problems, "delivery.history.");
        return new CallRecord(fields.Moment("at") ?? insertedOn, Bounded("history", fields.Text("outcome"), problems) ?? "", fields.Count("status"), fields.Count("durationMs") ?? 0)
        {
            Tries = item.TryGetProperty("tries", out _) ? [.. fields.Items("tries").Take(MostTries).Select(each => Try(each, problems))] : null,
        };
    }

    private static DateTimeOffset Moment(JsonElement item, DateTimeOffset insertedOn, List<string> problems)
    {
        if (item.ValueKind == JsonValueKind.String && item.TryGetDateTimeOffset(out DateTimeOffset moment))
            return moment;
        problems.Add("`delivery.deadLettered` must hold moments; leave `delivery` out, it is Courier's own.");
        return insertedOn;
    }

    private static CallTry Try(JsonElement item, List<string> problems)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add("`delivery.history.tries` must hold objects; leave `delivery` out, it is Courier's own.");
            return new CallTry(null);
        }

        MessageFields fields = new(item, problems, "delivery.history.tries.");
        return new CallTry(fields.Count("status"), Bounded("history", fields.Text("failure"), problems), fields.Flag("sent"));
    }

    private static PageState? Page(MessageFields fields, List<string> problems)
    {
        if (fields.Count("number") is { } number && fields.Moment("begun") is { } begun && fields.Text("seen") is { } seen
            && new PageState(number, begun, seen) is { IsPlausible: true } page)
            return page;
        problems.Add("`delivery.page` is no page of Courier's; leave `delivery` out, it is Courier's own.");
        return null;
    }

    /// <summary>Delivery state travels with every copy and into the record: it must not fill a message by itself.</summary>
    private static string? Bounded(string name, string? text, List<string> problems)
    {
        if (text is null || text.Length <= LongestText)
            return text;
        problems.Add($"`delivery.{name}` holds a text that is too long; leave `delivery` out, it is Courier's own.");
        return null;
    }

    /// <summary>Becomes part of a blob's name.</summary>
    private static string? List(string? list, List<string> problems)
    {
        if (list is null || (list.Length == RequestIdentity.ListLength && list.All(char.IsAsciiHexDigitLower)))
            return list;
        problems.Add("`delivery.list` is no list of Courier's; leave `delivery` out, it is Courier's own.");
        return null;
    }

    private static string? ClaimCheck(string? blob, List<string> problems)
    {
        // With its ending, so that it is no `.` or `..`, which would lead out of the container.
        if (blob is null || (RequestIdentity.IsValid(blob) && blob.EndsWith(".json", StringComparison.Ordinal)))
            return blob;
        problems.Add("`delivery.claimCheck` is no blob name of Courier's; leave `delivery` out, it is Courier's own.");
        return null;
    }
}
