using System.Text;
using Courier.Origin;
using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Origin;

/// <summary>For whatever a message may hold as its path: no exception, and the key stays at home.</summary>
public sealed class RequestGuardPropertyTests
{
    private static readonly Uri[] s_bases =
        [new("https://api.test"), new("https://api.test/v1/"), new("https://api.test:8443/a/b"), new("http://127.0.0.1:5000/v1"), new("http://[::1]/v1")];

    /// <summary>What attacks on URL parsers are made of.</summary>
    private static readonly string[] s_attack =
    [
        "/", ".", "%", "2", "5", "e", "E", "f", "F", "c", "C", "\\", ":", "@", "?", "#", ";", "u", "..", "//", "/../", "%2e", "%2f", "%5c", "%25", "%252e", "%00", "%0d%0a",
        "%c0%ae", "%ef%bc%8e",
        "．", "‥", "。", "／", "＼", "∕", "％", "\u200B", "\t", "\r\n", " ", "\0", "\uD800", "v1", "evil.test", "https:", "api.test", "[", "]", "%ff",
    ];

    private static readonly string[] s_encoded =
        ["%25", "2", "5", "e", "%2e", "%252e", "/", "%2f", "%252f", ".", "a", "%", "%zz", "%252e%252e", "%25g", "%25ff", "%EF%BC%8E", "%25EF%25BC%258E", "%E2%80%A5", "%EF%BC%8F", "%EF%BC%BC"];

    [Fact]
    public void Arbitrary_strings_stay_below_the_base() => Hold(ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""), runs: 5000);

    [Fact]
    public void Arbitrary_paths_stay_below_the_base() => Hold(ArbMap.Default.GeneratorFor<string?>().Select(text => "/" + text), runs: 5000);

    [Fact]
    public void Attacks_stay_below_the_base() => Hold(Gen.Elements(s_attack).ArrayOf().Select(string.Concat), runs: 20_000);

    [Fact]
    public void Attacks_behind_a_slash_stay_below_the_base() => Hold(Gen.Elements(s_attack).ArrayOf().Select(pieces => "/" + string.Concat(pieces)), runs: 20_000);

    [Fact]
    public void Attacks_in_percent_encoding_stay_below_the_base() =>
        Hold(Gen.Elements(s_encoded).ArrayOf().Select(pieces => "/" + string.Concat(pieces)), runs: 20_000);

    private static void Hold(Gen<string> paths, int runs) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(runs).WithStartSize(1).WithEndSize(30),
        Prop.ForAll(paths.ToArbitrary(), Gen.Elements(s_bases).ToArbitrary(), StaysBelow));

    private static bool StaysBelow(string path, Uri baseUrl) => RequestGuard.Resolve(baseUrl, path) switch
    {
        RequestTarget.Allowed { Uri: var uri } => RequestGuard.IsBelow(baseUrl, uri) && uri.Host == baseUrl.Host && uri.Scheme == baseUrl.Scheme
            && uri.Port == baseUrl.Port && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && NoServerCanClimb(path, baseUrl),
        RequestTarget.Refused { Why: var why } => why.Length > 0,
        _ => false,
    };

    /// <summary>However often a forgiving server decodes the path, it finds no step out of the base.</summary>
    private static bool NoServerCanClimb(string path, Uri baseUrl)
    {
        string seen = path.Split('?')[0];
        for (int round = 0; round < 6; round++, seen = Uri.UnescapeDataString(seen))
        {
            string normal = seen.Normalize(NormalizationForm.FormKC).Replace('\\', '/').Replace("?", "%3F", StringComparison.Ordinal);
            if (normal.StartsWith("//", StringComparison.Ordinal) || !RequestGuard.IsBelow(baseUrl, new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + normal)))
                return false;
        }

        return true;
    }
}
