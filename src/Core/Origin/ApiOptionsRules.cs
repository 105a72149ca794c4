using Microsoft.Extensions.Options;

namespace Courier.Origin;

internal sealed class ApiOptionsRules : IValidateOptions<ApiOptions>
{
    private const string AuthorizationHeader = "Authorization";

    /// <summary>Headers that would redirect the key, replace it, or contradict what the client writes itself.</summary>
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        AuthorizationHeader, "Proxy-Authorization", "Host", "Cookie", "Connection",
        "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect",
        "Allow", "Expires", "Last-Modified", // a content's, to HttpClient, like all that begin with Content-
    };

    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> errors = [.. BaseUrl(options), .. Key(options), .. KeyForm(options), .. Headers(options)];
        if (options.StatusPageUrl is { } page && !(page.IsAbsoluteUri && page.Scheme is "https" or "http"))
            errors.Add($"Api:StatusPageUrl is '{page}': it must be an absolute http or https address.");
        if (options.ProbePath is { Length: > 0 } probe && options.BaseUrl is { IsAbsoluteUri: true, UserInfo: "" } url && RequestGuard.Resolve(url, probe) is RequestTarget.Refused refused)
            errors.Add($"Api:ProbePath is '{probe}': {refused.Why}");
        if (options.MaxResponseBytes is < 1024 or > 256 * 1024 * 1024)
            errors.Add($"Api:MaxResponseBytes is '{options.MaxResponseBytes}': it must be between 1024 (1 KiB) and 268435456 (256 MiB).");
        if (options.MaxPages is < 1 or > ApiOptions.MostPages)
            errors.Add($"Api:MaxPages is '{options.MaxPages}': it must be between 1 and {ApiOptions.MostPages}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> BaseUrl(ApiOptions options)
    {
        if (options.BaseUrl is not { } url)
            yield return "Api:BaseUrl is not set: it must be the API's address, like https://api.example.com.";
        else if (url.IsAbsoluteUri && url.UserInfo.Length > 0)
            yield return $"Api:BaseUrl for host '{url.Host}' holds a user name or password: remove it, the key belongs in Api:Key.";
        else if (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http"))
            yield return $"Api:BaseUrl is '{Shown(url, options)}': it must be an absolute https address.";
        else if (url.Scheme == "http" && !Loopback.Is(url))
            yield return $"Api:BaseUrl is '{Shown(url, options)}': it must be https, because the key travels with every call; http is allowed on loopback only.";
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            yield return $"Api:BaseUrl is '{Shown(url, options)}': it must have no query string and no fragment.";
    }

    /// <summary>Somebody may have put the key behind it.</summary>
    private static string Shown(Uri url, ApiOptions options) => new KeyRedaction(Options.Create(options)).Clean(url.ToString());

    private static IEnumerable<string> Key(ApiOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Key))
            yield return "Api:Key is not set: it must be the API key, without a word like Token before it (that is Api:Scheme).";
        else if (options.Key.Any(c => c is <= ' ' or > '~'))
            yield return "Api:Key (its value is not shown) holds a space, line break or other character that cannot stand in a header: it must be the bare key in printable ASCII.";
        else if (options.Key.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase))
            yield return "Api:Key is an unresolved Key Vault reference: check that the secret exists and that the app's identity may read it.";
    }

    private static IEnumerable<string> KeyForm(ApiOptions options)
    {
        if (options.Scheme.Length > 0 && !HeaderText.IsName(options.Scheme))
            yield return $"Api:Scheme is '{options.Scheme}': it must be one word, like Token or Bearer, or empty for the bare key.";
        if (!options.KeyHeader.Equals(AuthorizationHeader, StringComparison.OrdinalIgnoreCase) && !IsFree(options.KeyHeader))
            yield return $"Api:KeyHeader is '{options.KeyHeader}': it must be a header's name that Courier does not set itself, like Authorization or X-Api-Key.";
    }

    private static IEnumerable<string> Headers(ApiOptions options)
    {
        foreach (string header in options.AllowedHeaders.Where(header => !IsFree(header, options)))
            yield return $"Api:AllowedHeaders contains '{header}': a message may never set that header.";
        foreach ((string header, string value) in options.Headers)
        {
            if (!IsFree(header, options))
                yield return $"Api:Headers:{header} is not allowed: Courier sets that header itself, or it is no header name.";
            else if (!HeaderText.IsValue(value))
                yield return $"Api:Headers:{header} (its value is not shown) holds a line break or other character that cannot stand in a header.";
        }
    }

    private static bool IsFree(string header, ApiOptions options) => IsFree(header) && !header.Equals(options.KeyHeader, StringComparison.OrdinalIgnoreCase);

    private static bool IsFree(string header) =>
        HeaderText.IsName(header) && !s_reserved.Contains(header) && !header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
}
