using System.Collections.Immutable;
using System.Globalization;
using Courier.ApiSimulator.Http;

namespace Courier.ApiSimulator.Resources;

/// <summary>The state behind <c>/portfolios</c>: immutable snapshots, one writer at a time.</summary>
internal sealed class Portfolios
{
    public const string ReadOnlyId = "restricted";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _created = [];
    private volatile ImmutableSortedDictionary<string, Portfolio> _all;
    private int _lastId;

    public Portfolios(IEnumerable<string> domains) => _all = new Portfolio[]
    {
        new("abc", "Suppliers", "Companies that we buy from", Portfolio.NoDomains.Union(domains)),
        new(ReadOnlyId, "Restricted", "Belongs to another team", Portfolio.NoDomains),
    }.ToImmutableSortedDictionary(static portfolio => portfolio.Id, static portfolio => portfolio, StringComparer.Ordinal);

    public Answer List(Call call)
    {
        ImmutableSortedDictionary<string, Portfolio> now = _all;
        return Paging.Page(call, Portfolio.NoDomains.Union(now.Keys), id => now[id].Summary);
    }

    public Answer Get(string id) => Find(id, static portfolio => Answer.Json(200, portfolio.Summary));

    public Answer ListCompanies(Call call, string id) => Find(id, portfolio => Paging.Page(call, portfolio.Domains, Company.Of));

    /// <summary>A repeated Idempotency-Key gets the first answer again.</summary>
    public Answer Create(Call call)
    {
        lock (_gate)
        {
            string? key = call.IdempotencyKey;
            if (key is not null && _created.TryGetValue(key, out Answer? first))
                return first;

            string id = (++_lastId).ToString("'portfolio-'0", CultureInfo.InvariantCulture);
            Portfolio portfolio = new Portfolio(id, "", null, Portfolio.NoDomains).Edit(call.Json());
            _all = _all.SetItem(id, portfolio);
            Answer answer = Answer.Json(201, portfolio.Summary).With("Location", $"/portfolios/{id}");
            if (key is not null)
                _created[key] = answer;
            return answer;
        }
    }

    public Answer Edit(string id, Call call) =>
        Change(id, portfolio => portfolio.Edit(call.Json()), static portfolio => Answer.Json(200, portfolio.Summary));

    public Answer Delete(string id)
    {
        lock (_gate)
            _all = _all.Remove(id);
        return Answer.NoContent;
    }

    public Answer AddCompany(Call call, string id, string domain)
    {
        if (call.HasBody)
            call.Json();

        return Company.IsDomain(domain)
            ? Change(id, portfolio => portfolio with { Domains = portfolio.Domains.Add(domain) }, _ => Answer.Json(200, Company.Of(domain)))
            : Answer.Error(422, $"\"{domain}\" is not a domain name.");
    }

    public Answer RemoveCompany(string id, string domain) =>
        Change(id, portfolio => portfolio with { Domains = portfolio.Domains.Remove(domain) }, static _ => Answer.NoContent);

    public Answer GetCompany(string domain) => _all.Values.Any(portfolio => portfolio.Domains.Contains(domain))
        ? Answer.Json(200, Company.Of(domain))
        : Answer.Error(404, $"There is no company \"{domain}\".");

    private Answer Change(string id, Func<Portfolio, Portfolio> change, Func<Portfolio, Answer> answer)
    {
        lock (_gate)
        {
            return Find(id, portfolio =>
            {
                Portfolio changed = change(portfolio);
                _all = _all.SetItem(id, changed);
                return answer(changed);
            });
        }
    }

    private Answer Find(string id, Func<Portfolio, Answer> found) =>
        _all.TryGetValue(id, out Portfolio? portfolio) ? found(portfolio) : Answer.Error(404, $"There is no portfolio \"{id}\".");
}
