using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Courier.Chaos;

/// <summary>Knows which message is which request's, from what the queues hand out, so that a fault can be laid to the request that it met.</summary>
internal sealed partial class MessageBook
{
    private readonly ConcurrentDictionary<string, string> _requests = new(StringComparer.Ordinal);

    /// <param name="messages">What the queue service answers to a GET of messages.</param>
    public void Learn(byte[] messages)
    {
        foreach (Match message in Message().Matches(Encoding.UTF8.GetString(messages)))
        {
            if (IdIn(WebUtility.HtmlDecode(message.Groups["text"].Value)) is { } id)
                _requests[message.Groups["id"].Value] = id;
        }
    }

    /// <summary>Which request an operation is about: by the message's id in its path, the blob's name, or what is sent along.</summary>
    public string? RequestOf(string target, byte[] body)
    {
        string path = Uri.UnescapeDataString(target.Split('?')[0]);
        if (path.Contains("/messages/", StringComparison.Ordinal))
            return _requests.GetValueOrDefault(path[(path.LastIndexOf('/') + 1)..]);
        return BlobName().Match(path) is { Success: true } blob ? blob.Groups["id"].Value : IdIn(WebUtility.HtmlDecode(Encoding.UTF8.GetString(body)));
    }

    private static string? IdIn(string text) => Id().Match(text) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex("<MessageId>(?<id>[^<]+)</MessageId>.*?<MessageText>(?<text>[^<]*)</MessageText>", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("\"id\":\\s*\"(?<id>[^\"~]+)")]
    private static partial Regex Id();

    /// <summary>Ids of the run are <c>row.number</c>, and pages have <c>~n</c> behind that.</summary>
    [GeneratedRegex(@"/(done-|dead-|waiting-)?(?<id>[A-Za-z0-9-]+\.[0-9]+)(~[0-9]+)?[./]?[^/]*$")]
    private static partial Regex BlobName();
}
