namespace Courier.ApiSimulator.Resources;

/// <summary>All of it follows from the domain, so that every run and every machine shows the same scores.</summary>
internal sealed record Company(string Domain, string Name, int Score, string Grade)
{
    private static readonly string[] s_words = ["aurora", "beacon", "cedar", "delta", "falcon", "granite", "harbor", "maple", "orbit", "summit"];

    public static Company Of(string domain)
    {
        int score = 50 + (domain.Aggregate(17, static (hash, c) => ((hash * 31) + c) % 1_000_003) % 51);
        string name = domain.Split('.')[0].Replace('-', ' ');
        return new(domain, char.ToUpperInvariant(name[0]) + name[1..], score, GradeOf(score));
    }

    public static IEnumerable<string> SampleDomains(int count) =>
        Enumerable.Range(0, count).Select(static i => i == 0 ? "example.com" : $"{s_words[i % s_words.Length]}-{i:0000}.example");

    public static bool IsDomain(string text) => text.Contains('.') && Uri.CheckHostName(text) == UriHostNameType.Dns;

    private static string GradeOf(int score) => score switch
    {
        >= 90 => "A",
        >= 80 => "B",
        >= 70 => "C",
        >= 60 => "D",
        _ => "F",
    };
}
