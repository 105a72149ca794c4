using System.Globalization;
using System.Net;
using System.Text;

namespace Courier.Simulation;

/// <summary>
/// The API: what it answers to a request stands in the request's own name (<c>/r/17-flaky</c>). It counts every call in the true window, and holds
/// to its limit.
/// </summary>
internal sealed class Api(World world)
{
    public const int Limit = 500;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>What a request's name may end with, the common ones several times.</summary>
    public static readonly string[] Kinds =
    [
        "ok", "ok", "ok", "ok", "ok", "ok", "quiet", "post", "large", "long", "missing", "forbidden", "flaky", "down", "limited", "hangs", "reset", "awkward", "echo", "list", "moved", "cut", "invalid", "expired", "unauthorized",
    ];

    private readonly Queue<DateTimeOffset> _recent = new();
    private readonly Dictionary<string, int> _asked = [];

    public int Calls { get; private set; }

    /// <summary>Calls that were one too many in their window.</summary>
    public int OverWindow { get; private set; }

    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, Instance caller, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        string id = path.Split('/')[^1] + (request.RequestUri.Query.StartsWith("?page=", StringComparison.Ordinal) ? "~" + request.RequestUri.Query[6..] : "");
        if (Flight.Current is { } flight && path.StartsWith("/r/", StringComparison.Ordinal))
            flight.Id = id;
        if (!Count())
            return Answer(429, "{}", ("Retry-After", "20"));
        await caller.WaitAsync(TimeSpan.FromMilliseconds(world.Chance.Next(5, 400)), cancellationToken);
        int asked = _asked[id] = _asked.GetValueOrDefault(id) + 1;
        return await AnswerAsync(id, path, asked, request, cancellationToken) is { } answer
            ? answer
            : throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset");
    }

    private bool Count()
    {
        DateTimeOffset now = world.Clock.GetUtcNow();
        while (_recent.TryPeek(out DateTimeOffset first) && now - first >= Window)
            _recent.Dequeue();
        Calls++;
        if (_recent.Count >= Limit)
        {
            OverWindow++;
            return false;
        }

        _recent.Enqueue(now);
        return true;
    }

    /// <summary>Null: the connection breaks.</summary>
    private async Task<HttpResponseMessage?> AnswerAsync(string id, string path, int asked, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string kind = world.Plan.Trouble.HasFlag(Trouble.Api) ? id.Split('-')[^1].Split('~')[0] : "ok";
        if (!path.StartsWith("/r/", StringComparison.Ordinal))
            return Answer(200, "[]");
        switch (kind)
        {
            case "flaky" when asked <= 4:
            case "down":
                return Answer(503, "<html><title>down</title></html>");
            case "limited" when asked <= 2:
                return Answer(429, "{}", ("Retry-After", "7"));
            case "hangs" when asked <= 2:
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                break;
            case "unauthorized":
                return Answer(401, "{}");
            case "moved":
                return Answer(307, "", ("Location", "https://elsewhere.test/"));
        }

        world.Book.CarryOut(id);
        switch (kind)
        {
            case "reset" when asked == 1:
                world.Book.Explain(id);
                return null;
            case "cut" when asked == 1:
                world.Book.Explain(id); // its answer is lost half way, and it may be repeated
                return Cut();
            case "missing":
                return Answer(404, "{}");
            case "forbidden":
                return Answer(403, """{"error":{"message":"no"}}""");
            case "echo":
                return Answer(403, $$"""{"message":"invalid token {{TestCourier.Key}}"}""", ("x-request-id", request.Headers.GetValues("Authorization").First()));
            case "awkward":
                return Answer(200, new string('x', 40_000), ("Content-Type", "text/csv; name=\"Übersicht\""));
            case "long":
                return Answer(200, $"\"{new string('x', 40_000)}\"");
            case "list":
                int page = id.Split('~') is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
                return Answer(200, "[]", page < 3 ? [("Link", $"<{path}?page={page + 1}>; rel=\"next\"")] : []);
            default:
                return Answer(200, """{"score":53}""");
        }
    }

    private static HttpResponseMessage Cut()
    {
        HttpResponseMessage answer = Answer(200, "{\"a\":1}");
        answer.Content = new StreamContent(new BrokenStream());
        return answer;
    }

    private static HttpResponseMessage Answer(int status, string body, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage answer = new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach ((string name, string value) in headers)
        {
            if (name == "Content-Type")
            {
                answer.Content.Headers.Remove(name);
                answer.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                answer.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return answer;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The connection broke.");
    }
}
