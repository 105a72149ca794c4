using Courier.ApiSimulator.Http;

namespace Courier.ApiSimulator.Resources;

/// <summary>The simulated API itself, behind key and quota.</summary>
internal sealed class Api
{
    private readonly Portfolios _portfolios;
    private readonly Reports _reports;
    private readonly Answer _me = Answer.Json(200, new { username = "simulated-user", organization = "Simulated Inc." });
    private readonly Answer _moved = Answer.Error(301, "This has moved to another host.").With("Location", "https://moved.example/portfolios");

    public Api(int companies)
    {
        string[] domains = [.. Company.SampleDomains(companies)];
        _portfolios = new(domains);
        _reports = new(domains);
    }

    public Answer Handle(Call call) => (call.Method, call.Path) switch
    {
        (_, ["portfolios", Portfolios.ReadOnlyId, ..]) =>
            Answer.Error(403, $"The user of this key has no access to the portfolio \"{Portfolios.ReadOnlyId}\"."),
        ("GET", ["portfolios"]) => _portfolios.List(call),
        ("POST", ["portfolios"]) => _portfolios.Create(call),
        ("GET", ["portfolios", var id]) => _portfolios.Get(id),
        ("PUT", ["portfolios", var id]) => _portfolios.Edit(id, call),
        ("DELETE", ["portfolios", var id]) => _portfolios.Delete(id),
        ("GET", ["portfolios", var id, "companies"]) => _portfolios.ListCompanies(call, id),
        ("PUT", ["portfolios", var id, "companies", var domain]) => _portfolios.AddCompany(call, id, domain.ToLowerInvariant()),
        ("DELETE", ["portfolios", var id, "companies", var domain]) => _portfolios.RemoveCompany(id, domain.ToLowerInvariant()),
        ("GET", ["companies", var domain]) => _portfolios.GetCompany(domain.ToLowerInvariant()),
        ("GET", ["reports", var name]) => _reports.Get(name),
        ("GET", ["large"]) => Large(call.Whole("bytes", absent: 1024, least: 0, most: 100 * 1024 * 1024)),
        ("GET", ["me"]) => _me,
        ("GET", ["moved"]) => _moved,
        _ => Unserved(call),
    };

    private static Answer Unserved(Call call) => Methods(call.Path) is { } methods
        ? Answer.Error(405, $"{call.Method} is not allowed here; allowed: {methods}.").With("Allow", methods)
        : Answer.Error(404, $"There is nothing at /{string.Join('/', call.Path)}.");

    private static string? Methods(string[] path) => path switch
    {
        ["portfolios"] => "GET, POST",
        ["portfolios", _] => "GET, PUT, DELETE",
        ["portfolios", _, "companies", _] => "PUT, DELETE",
        ["portfolios", _, "companies"] or ["companies" or "reports", _] or ["large" or "me" or "moved"] => "GET",
        _ => null,
    };

    private static Answer Large(int bytes)
    {
        const int Frame = 11; // {"data":""}
        return Answer.Json(200, new { data = new string('x', Math.Max(0, bytes - Frame)) });
    }
}
