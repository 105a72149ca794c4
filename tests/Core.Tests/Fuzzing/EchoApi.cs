using System.Net;
using System.Text;

namespace Courier.Tests.Fuzzing;

/// <summary>An API that answers at random, repeats the secrets and what it was asked, and names next pages anywhere; it notes each call that is not below its base.</summary>
internal sealed class EchoApi(Random random, Uri baseUrl, string[] secrets, MessageGenerator generator) : HttpMessageHandler
{
    private static readonly int[] s_statuses = [200, 200, 200, 200, 201, 204, 302, 304, 400, 403, 404, 404, 409, 413, 422, 429, 503];

    private static readonly string[] s_types = ["application/json", "application/json", "text/html", "text/plain; charset=utf-8", "application/problem+json", "text/csv", ""];

    /// <summary>How many calls there were.</summary>
    public int Calls { get; private set; }

    /// <summary>Addresses that were called, and lie elsewhere.</summary>
    public List<Uri> Elsewhere { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri target = request.RequestUri!;
        Calls++;
        if (!IsAtHome(target))
            Elsewhere.Add(target);
        string sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        HttpResponseMessage answer = new((HttpStatusCode)s_statuses[random.Next(s_statuses.Length)]) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(target, sent))) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", s_types[random.Next(s_types.Length)]);
        if (random.Next(4) == 0)
            answer.Headers.TryAddWithoutValidation("x-request-id", new string('d', random.Next(3) * 1010) + generator.Spelling(Secret()));
        if (random.Next(4) == 0)
            answer.Headers.TryAddWithoutValidation("Link", $"<{Next()}>; rel=\"next\"");
        if (random.Next(8) == 0)
            answer.Headers.TryAddWithoutValidation("Location", "https://evil.test/" + Secret());
        return answer;
    }

    /// <summary>By its own rules: the text of the address begins as the base does, and no server that decodes the path finds a step up in it.</summary>
    private bool IsAtHome(Uri target)
    {
        string text = target.AbsoluteUri, prefix = baseUrl.AbsoluteUri.TrimEnd('/') + "/";
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || target.UserInfo.Length > 0)
            return false;
        string path = text[(prefix.Length - 1)..].Split('?')[0];
        for (int round = 0; round < 6; round++, path = Uri.UnescapeDataString(path))
        {
            if (path.StartsWith("//", StringComparison.Ordinal) || path.Split('/', '\\').Any(segment => segment.Split(';')[0] is "." or ".."))
                return false;
        }

        return true;
    }

    private string Body(Uri target, string sent) => random.Next(6) switch
    {
        0 => $$"""{"error":{"message":"invalid token {{InJson(Secret())}}","statusCode":403 } }""",
        1 => $"<html><title>{WebUtility.HtmlEncode(Secret())}</title>{target}</html>",
        2 => $$"""{"entries":[{"a":"{{target.PathAndQuery}}"}],"next_cursor":"{{random.Next(100)}}"}""",
        3 => sent,
        4 => new string('e', random.Next(8000, 8300)) + generator.Spelling(Secret()) + "f",
        _ => $$"""{"message":"{{new string('g', random.Next(3) * 330)}} {{InJson(generator.Spelling(Secret()))}}"}""",
    };

    private string Next() => random.Next(5) switch
    {
        0 => $"https://evil.test/x?key={Secret()}",
        1 => $"//evil.test/v1/x?page={random.Next(100)}",
        2 => $"/v1/../x?page={random.Next(100)}",
        _ => $"{baseUrl.AbsoluteUri.TrimEnd('/')}/x?page={random.Next(100)}&t={generator.Spelling(Secret())}",
    };

    private static string InJson(string text) => text.Replace("\"", "\\\"", StringComparison.Ordinal);

    private string Secret() => secrets[random.Next(secrets.Length)];
}
