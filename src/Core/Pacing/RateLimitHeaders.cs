using System.Globalization;
using System.Text.RegularExpressions;
using Courier.Api;
using Courier.Quota;

namespace Courier.Pacing;

/// <summary>
/// Reads how many calls of the quota an answer says are left. The shapes of https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers
/// (<c>RateLimit: "default";r=50;t=30</c> with <c>RateLimit-Policy</c>; <c>RateLimit: limit=100, remaining=50, reset=5</c>;
/// <c>RateLimit-Limit|Remaining</c>), and <c>X-RateLimit-*</c>, <c>X-Rate-Limit-*</c>. What is malformed, or about another limit than
/// ours, says nothing.
/// </summary>
public static partial class RateLimitHeaders
{
    private static readonly List<(int? Limit, int? Left)> s_none = [];

    private static readonly (string Limit, string Remaining)[] s_fields =
        [("ratelimit-limit", "ratelimit-remaining"), ("x-ratelimit-limit", "x-ratelimit-remaining"), ("x-rate-limit-limit", "x-rate-limit-remaining")];

    /// <summary>Null when the answer does not say. When it closes, the ledger knows by itself: the reset is not needed.</summary>
    public static int? Left(ApiResponse answer, QuotaOptions quota)
    {
        int? least = null;
        foreach ((int? limit, int? left) in Items(answer.Headers, quota))
        {
            if (left is { } calls && IsOurs(limit, quota) && !(least < calls))
                least = calls;
        }

        return least;
    }

    private static List<(int? Limit, int? Left)> Items(IReadOnlyDictionary<string, string> headers, QuotaOptions quota)
    {
        if (headers.TryGetValue("ratelimit", out string? fields))
            return fields.Contains("remaining", StringComparison.OrdinalIgnoreCase) ? [Draft7(fields)] : Items(fields, headers.GetValueOrDefault("ratelimit-policy") ?? "", quota);
        List<(int? Limit, int? Left)>? items = null;
        foreach ((string limit, string remaining) in s_fields)
        {
            if (headers.TryGetValue(remaining, out string? left))
                (items ??= []).Add((Number(headers.GetValueOrDefault(limit)), Number(left)));
        }

        return items ?? s_none;
    }

    /// <summary>Of several items, the one whose policy has our window; else the only one.</summary>
    private static List<(int? Limit, int? Left)> Items(string fields, string policies, QuotaOptions quota)
    {
        Dictionary<string, (int? Limit, int? Window)> policy = [];
        foreach (Match match in Item().Matches(policies))
            policy[match.Groups["name"].Value] = (Parameter(match, 'q'), Parameter(match, 'w'));
        List<(int? Limit, int? Left)> items = [];
        foreach (Match match in Item().Matches(fields))
        {
            (int? limit, int? window) = policy.GetValueOrDefault(match.Groups["name"].Value);
            if (window is null || window == (int)quota.Window.TotalSeconds)
                items.Add((limit, Parameter(match, 'r')));
        }

        return items.Count == 1 || items.All(item => item.Limit is not null) ? items : [];
    }

    private static (int? Limit, int? Left) Draft7(string fields)
    {
        Dictionary<string, string> values = fields.Split(',').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].Trim().ToLowerInvariant()).ToDictionary(group => group.Key, group => group.First()[1]);
        return (Number(values.GetValueOrDefault("limit")), Number(values.GetValueOrDefault("remaining")));
    }

    /// <summary>A limit far below ours is one for a minute or a second.</summary>
    private static bool IsOurs(int? limit, QuotaOptions quota) => limit is null || limit >= quota.Limit / 2;

    private static int? Parameter(Match item, char name) =>
        Number(item.Groups["parameters"].Value.Split(';').Select(part => part.Trim()).FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal))?[2..]);

    /// <summary>The first of a list (<c>5000, 5000;w=3600</c>), when it is a whole number.</summary>
    private static int? Number(string? text) =>
        int.TryParse(text?.Split(',', ';')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex("""(?<=^|,)\s*"?(?<name>[^",;=]+)"?\s*(?<parameters>(;[^,]*)?)(?=,|$)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Item();
}
