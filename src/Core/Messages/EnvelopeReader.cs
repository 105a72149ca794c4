using System.Text.Json;
using System.Text.Unicode;
using Courier.Origin;
using Courier.Storage;
using Courier.Writing;
using Microsoft.Extensions.Options;

namespace Courier.Messages;

/// <summary>Reads queue messages. Throws for no input: what is not a request is <see cref="Reading.Malformed"/>, with every reason at once.</summary>
public sealed class EnvelopeReader
{
    // A name that stands twice is read differently by different parsers, so it is refused.
    private static readonly JsonDocumentOptions s_json = new() { AllowDuplicateProperties = false, MaxDepth = Json.MaximumDepth };

    private const string LoneSurrogate = "The message contains half of a surrogate pair (an escape like \\ud800 alone); remove it or write the whole character.";

    private readonly KeyRedaction _redaction;
    private readonly RequestReader _requests;
    private readonly ReceivedText _received;

    public EnvelopeReader(IOptions<ApiOptions> options)
    {
        _redaction = new KeyRedaction(options);
        _requests = new RequestReader(options.Value, _redaction);
        _received = new ReceivedText(options.Value);
    }

    public Reading Read(QueuedMessage message)
    {
        ReadOnlyMemory<byte> text = MessageText.Decode(message.Body);
        Reading reading = Read(message, text);
        return reading is Reading.Malformed malformed ? Shown(Cleaned(message, malformed, text)) : reading;
    }

    private Reading.Malformed Shown(Reading.Malformed malformed) => malformed with { Why = _received.Clean(malformed.Why) };

    private Reading.Malformed Cleaned(QueuedMessage message, Reading.Malformed malformed, ReadOnlyMemory<byte> text) =>
        WithoutSecrets(malformed, text, clean => Read(message, clean)); // on its own: a valid message pays for no closure

    /// <summary>What is malformed is shown, in pieces that are cut: so it is read once more without its secrets, of which a cut would leave half.</summary>
    private Reading.Malformed WithoutSecrets(Reading.Malformed malformed, ReadOnlyMemory<byte> text, Func<ReadOnlyMemory<byte>, Reading> read)
    {
        ReadOnlyMemory<byte> clean = _redaction.Clean(text);
        if (clean.Equals(text))
            return malformed;
        return read(clean) as Reading.Malformed
            ?? malformed with { Why = "The message holds the API key, or another secret, where it makes it invalid; remove it, Courier adds the key itself.", Received = _received.Of(clean) };
    }

    private Reading Read(QueuedMessage message, ReadOnlyMemory<byte> text)
    {
        if (Parse(text, out JsonElement root) is { } problem)
            return new Reading.Malformed(RequestIdentity.Make(message), problem, _received.Of(text), message.InsertedOn);

        List<string> problems = [];
        Delivery delivery = DeliveryReader.Read(root, message.InsertedOn, problems);
        string? id = Id(root, delivery.Page);
        return delivery.ClaimCheck is { } blob && problems.Count == 0
            ? new Reading.Claimed(blob, id, delivery)
            : Request(message, root, id ?? RequestIdentity.Make(message), delivery, problems);
    }

    /// <summary>Reads a request that lay in a blob, with the delivery state that came on the queue.</summary>
    public Reading ReadClaimed(QueuedMessage message, Reading.Claimed claim, ReadOnlyMemory<byte> blob)
    {
        ReadOnlyMemory<byte> text = MessageText.Decode(blob);
        Reading reading = ReadClaimedText(message, claim, text);
        return reading is Reading.Malformed malformed ? Shown(WithoutSecrets(malformed, text, clean => ReadClaimedText(message, claim, clean))) : reading;
    }

    private Reading ReadClaimedText(QueuedMessage message, Reading.Claimed claim, ReadOnlyMemory<byte> text)
    {
        string id = claim.Id ?? RequestIdentity.Make(message);
        return Parse(text, out JsonElement root) is { } problem
            ? new Reading.Malformed(id, problem, _received.Of(text), claim.Delivery.FirstSeenAt)
            : Request(message, root, Id(root, claim.Delivery.Page) ?? id, claim.Delivery, []);
    }

    /// <summary>What is wrong with a message that a sender means to post, as sentences; none when it is a request that may be called.</summary>
    public IReadOnlyList<string> Problems(ReadOnlyMemory<byte> message, DateTimeOffset now)
    {
        ReadOnlyMemory<byte> text = MessageText.Decode(message);
        List<string> problems = ProblemsOf(text, now);
        ReadOnlyMemory<byte> clean = _redaction.Clean(text);
        if (problems.Count == 0 || clean.Equals(text))
            return problems;
        // What is quoted is cut, and half of a secret nobody finds: so it is read once more without them. Which field holds one is said without a quotation.
        string[] held = [.. problems.Where(problem => problem.EndsWith(RequestReader.HoldsSecret, StringComparison.Ordinal))];
        return [.. held, .. ProblemsOf(clean, now).Where(problem => !held.Any(other => other.Split(' ')[0] == problem.Split(' ')[0]))];
    }

    private List<string> ProblemsOf(ReadOnlyMemory<byte> text, DateTimeOffset now)
    {
        if (Parse(text, out JsonElement root) is { } problem)
            return [problem];
        List<string> problems = [];
        Delivery delivery = DeliveryReader.Read(root, now, problems);
        _requests.Read(root, Id(root, delivery.Page) ?? "made", delivery, problems);
        return problems;
    }

    /// <summary>The valid id that a request names which lies in a blob; null when it names none, or is no request.</summary>
    public static string? IdOf(ReadOnlyMemory<byte> request) => Parse(MessageText.Decode(request), out JsonElement root) is null ? ValidId(root, null) : null;

    private Reading Request(QueuedMessage message, JsonElement root, string id, Delivery delivery, List<string> problems)
    {
        return _requests.Read(root, id, delivery, problems) is { } request
            ? new Reading.Request(new Envelope(request, request.Paginate && delivery.List is null && delivery.Page is null ? delivery with { List = RequestIdentity.List(message) } : delivery) { IsRedelivered = message.DequeueCount > 1 })
            : new Reading.Malformed(id, string.Join(' ', problems), _received.Of(root), delivery.FirstSeenAt);
    }

    private string? Id(JsonElement root, PageState? page) => ValidId(root, page) is { } id && !_redaction.Finds(id) ? id : null;

    private static string? ValidId(JsonElement root, PageState? page) =>
        root.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String && id.GetString() is { } text && RequestIdentity.IsValid(text, page)
            ? text : null;

    private static string? Parse(ReadOnlyMemory<byte> text, out JsonElement root)
    {
        root = default;
        if (text.IsEmpty)
            return """The message is empty; post a JSON object like {"method":"GET","path":"/companies/example.com"}.""";
        if (!Utf8.IsValid(text.Span))
            return "The message is neither valid UTF-8 nor the Base64 of it; post JSON in UTF-8.";
        try
        {
            root = JsonElement.Parse(text.Span, s_json);
        }
        catch (JsonException e)
        {
            return $"The message is not valid JSON; post one JSON object, raw or Base64. {e.Message}";
        }
        catch (InvalidOperationException)
        {
            return LoneSurrogate; // in a name: names are unescaped to compare them
        }

        if (root.ValueKind != JsonValueKind.Object)
            return $"The message is a JSON {root.ValueKind.ToString().ToLowerInvariant()}; post a JSON object with `method` and `path`.";
        return Json.HasLoneSurrogate(text.Span, root) ? LoneSurrogate : null;
    }
}
