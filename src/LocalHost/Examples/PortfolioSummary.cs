using System.Globalization;
using Courier.Messages;

namespace Courier.LocalHost.Examples;

/// <summary>What a run of the example has left on the queue of results.</summary>
/// <param name="Companies">Each counted once.</param>
/// <param name="Twice">So many entries name a company that another one names too.</param>
public sealed record PortfolioSummary(int Companies, int Pages, int Missing, int Twice)
{
    /// <param name="results">Those of other runs may be among them.</param>
    /// <param name="expected">So many companies are in the portfolio.</param>
    public static PortfolioSummary Of(string run, IEnumerable<CompletedCall> results, int expected)
    {
        CompletedCall[] pages = [.. results.Where(result => result.Id.Split('~')[0] == run)];
        string?[] domains = [.. pages.SelectMany(page => page.Body!.Value.GetProperty("entries").EnumerateArray()).Select(company => company.GetProperty("domain").GetString())];
        int companies = domains.Distinct().Count();
        return new PortfolioSummary(companies, pages.Length, expected - companies, domains.Length - companies);
    }

    public string Text(string queue) => string.Create(CultureInfo.InvariantCulture,
        $"{Companies:N0} companies in {Pages} pages on queue {queue}: {Missing:N0} missing, {Twice:N0} twice.");
}
