using System.Collections.Concurrent;
using System.Web;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>An API whose list has so many pages, each with a link to the next.</summary>
internal sealed class PagedApi
{
    private readonly ConcurrentDictionary<int, int> _calls = [];

    /// <param name="answer">What the page of this number answers to its n-th call, in place of itself.</param>
    public PagedApi(int pages, Func<int, int, HttpResponseMessage?>? answer = null) => Network = new StubApi((request, _) =>
    {
        int page = PageOf(request.RequestUri!);
        int call = _calls.AddOrUpdate(page, 1, (_, count) => count + 1);
        return Task.FromResult(answer?.Invoke(page, call) ?? Page(page, pages));
    });

    public StubApi Network { get; }

    /// <summary>The number of the page that each call asked for.</summary>
    public IEnumerable<int> Asked => Network.Sent.Select(sent => PageOf(sent.Uri));

    public static HttpResponseMessage Page(int page, int pages) => page < pages
        ? TestAnswers.Create(200, $$"""{"page":{{page}}}""", ("Link", $"</list?page={page + 1}>; rel=\"next\""))
        : TestAnswers.Create(200, $$"""{"page":{{page}}}""");

    private static int PageOf(Uri uri) => int.TryParse(HttpUtility.ParseQueryString(uri.Query)["page"], out int page) ? page : 1;
}
