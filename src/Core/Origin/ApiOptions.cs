using Courier.Settings;

namespace Courier.Origin;

/// <summary>Settings <c>Api:*</c>: where the API is and how to speak to it. The defaults are SecurityScorecard's, the worked example.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>No list is followed further, whatever <see cref="MaxPages"/> says: a hash of each page so far travels with the next.</summary>
    public const int MostPages = 1000;

    public static IReadOnlyList<string> DefaultAllowedHeaders { get; } =
        ["Accept", "Accepts-Version", "Idempotency-Key", "If-Match", "If-None-Match"];

    /// <summary>Where calls go: HTTPS, except on this machine's loopback. Paths of requests are appended; a path of its own is a prefix that no request leaves.</summary>
    public Uri? BaseUrl { get; set; } = new("https://api.securityscorecard.io");

    /// <summary>Required. Sent in <see cref="KeyHeader"/> to the origin of <see cref="BaseUrl"/> and nowhere else. Printable ASCII without spaces.</summary>
    public string? Key { get; set; }

    /// <summary>The word before the key, like <c>Bearer</c>; set to nothing for the bare key (here an empty value counts).</summary>
    [MayBeEmpty]
    public string Scheme { get; set; } = "Token";

    /// <summary>The header that carries the key, like <c>X-Api-Key</c>. No message and no other setting may set it.</summary>
    public string KeyHeader { get; set; } = "Authorization";

    /// <summary>The value of <see cref="KeyHeader"/>.</summary>
    internal string Credential => Scheme.Length > 0 ? $"{Scheme} {Key}" : Key ?? "";

    /// <summary>Sent with every call; a message's own header of that name wins. For names that an environment variable cannot carry, also <c>Api:Headers:&lt;n&gt;:Name</c> and <c>:Value</c>, or <c>Api:Headers</c> with a line <c>Name: value</c> each. Not the key's header, nor those of the body or the connection.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Named in the remedies of dead letters after 5xx; alerts quote its open incidents, if it is an Atlassian Statuspage.</summary>
    public Uri? StatusPageUrl { get; set; } = new("https://status.securityscorecard.com");

    /// <summary>Whom to ask when the API fails: an address, a link, a phone number. Named there too.</summary>
    public string? SupportContact { get; set; }

    /// <summary>A path that is cheap to GET, and answers 2xx to a valid key only: by it a refused key is told from a refused resource.</summary>
    public string ProbePath { get; set; } = "/portfolios";

    /// <summary>Names of the headers that a message may set, with commas between them, or <c>Api:AllowedHeaders:0</c> and so on; replaces the default.</summary>
    public IReadOnlyList<string> AllowedHeaders { get; set; } = DefaultAllowedHeaders;

    /// <summary>The longest response body that is accepted, in bytes after decompression.</summary>
    public int MaxResponseBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>So many pages of a list are read for a request with <c>paginate</c>.</summary>
    public int MaxPages { get; set; } = 500;
}
