using System.Diagnostics;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;

namespace Courier.Paging;

/// <summary>What comes after a page that was read (docs/decisions/014). A request without <c>paginate</c> has no next page.</summary>
public abstract record NextPage
{
    private NextPage()
    {
    }

    /// <param name="now">When the answer had come.</param>
    public static NextPage Of(Envelope page, ApiResponse answer, ApiOptions api, KeyRedaction redaction, DateTimeOffset now)
    {
        if (!page.Request.Paginate)
            return None.One;
        PageState state = PageState.Of(page);
        Envelope next = After(page, state, now);
        return PageLink.Of(answer, page.Request.Target, state.Number) switch
        {
            PageLink.None => None.One,
            PageLink.NoPage nothing => new NoPage(nothing.Why),
            PageLink.Unreadable link => new Refused(next, link.Why, link.Text),
            PageLink.To { Reference: var link } when redaction.Finds(link) => new Refused(next, "The link to this page holds the API key or another secret, which must not lie on a queue.", link),
            PageLink.To { Reference: var link } => Resolve(link, page.Request.Target, api.BaseUrl!) switch
            {
                RequestTarget.Allowed { Uri: var target } => At(target, next, state, api),
                RequestTarget.Refused refused => new Refused(next, refused.Why, link),
                _ => throw new UnreachableException(),
            },
            _ => throw new UnreachableException(),
        };
    }

    private static NextPage At(Uri target, Envelope next, PageState page, ApiOptions api)
    {
        next = new Envelope(
            next.Request with { Path = PathBelow(api.BaseUrl!, target), Query = null, Target = target },
            next.Delivery with { Page = page.Next(target) });
        return page.HasSeen(target) ? new Refused(next, "The link to this page leads back to a page that was read before: following it would go round in circles.")
            : page.Number >= api.MaxPages ? new Refused(next, $"The list has more pages than Api:MaxPages ({api.MaxPages}) allows.")
            : new Follow(next);
    }

    private static RequestTarget Resolve(string link, Uri page, Uri baseUrl)
    {
        if (link.Length > RequestGuard.MaximumLength)
            return new RequestTarget.Refused($"The link to this page is longer than {RequestGuard.MaximumLength} characters.");
        if (!HeaderText.IsValue(link) || !Uri.TryCreate(page, link, out Uri? target))
            return new RequestTarget.Refused("The link to this page is not a valid address.");
        if (!RequestGuard.IsBelow(baseUrl, target))
            return new RequestTarget.Refused("The link to this page leads to another origin, or out of the path of Api:BaseUrl, where the API key must not travel.");
        return RequestGuard.Resolve(baseUrl, PathBelow(baseUrl, target)) switch
        {
            RequestTarget.Refused refused => new RequestTarget.Refused($"The link to this page cannot be called. {refused.Why}"),
            var allowed => allowed,
        };
    }

    /// <summary>A request's path is written below the base address's own.</summary>
    private static string PathBelow(Uri baseUrl, Uri target) => target.PathAndQuery[baseUrl.AbsolutePath.TrimEnd('/').Length..];

    /// <summary>The next page's request with everything but its address.</summary>
    private static Envelope After(Envelope page, PageState state, DateTimeOffset now) => new(
        page.Request with { Id = RequestIdentity.NextPage(page.Request.Id, state.Number) },
        new Delivery { FirstSeenAt = now, Traceparent = page.Delivery.Traceparent, List = page.Delivery.List });

    /// <summary>The next page's id; null when there is none.</summary>
    public string? Id => this switch
    {
        Follow next => next.Envelope.Request.Id,
        Refused next => next.Envelope.Request.Id,
        _ => null,
    };

    /// <summary>The page was the last one.</summary>
    public sealed record None : NextPage
    {
        public static None One { get; } = new();
    }

    /// <summary>What came is no page: half of one, or a gateway's. The page itself is given up, and whoever sends it again goes on from here.</summary>
    public sealed record NoPage(string Why) : NextPage;

    /// <summary>There is one: a request of its own.</summary>
    public sealed record Follow(Envelope Envelope) : NextPage;

    /// <summary>There is one, or may be, but it cannot be called: a dead letter of its own.</summary>
    /// <param name="Envelope">As it would have been.</param>
    /// <param name="Link">What there is in place of an address, if it is none that can be called.</param>
    public sealed record Refused(Envelope Envelope, string Why, string? Link = null) : NextPage;
}
