using Courier.Api;
using Courier.Messages;
using Courier.Paging;
using Courier.Tests.Messages;

namespace Courier.Tests.Paging;

/// <summary>The request for the next page, and when there is none.</summary>
public sealed class NextPageTests
{
    [Fact]
    public void Next_page_is_the_same_request_for_another_address()
    {
        Envelope first = TestPages.First(fields: """
            "paginate":true,"query":{"size":2},"headers":{"Accept":"text/csv"},"metadata":{"team":"a"},"reply":false,"priority":"high","idempotent":false,"expiresAt":"2026-02-01T00:00:00Z",
            "delivery":{"attempt":3,"firstCallAt":"2026-01-01T08:00:00Z","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "history":[{"at":"2026-01-01T08:00:00Z","outcome":"server-error","status":503,"durationMs":7}]}
            """);

        Envelope second = Follow(first, "?size=2&page=2");

        Assert.Equal(
            first.Request with { Id = "r1~2", Path = "/list?size=2&page=2", Query = null, Target = new Uri(TestPages.Base + "/list?size=2&page=2") },
            second.Request);
        Assert.Equal(
            new Delivery { FirstSeenAt = TestPages.Now, Traceparent = first.Delivery.Traceparent, List = first.Delivery.List, Page = second.Delivery.Page, History = second.Delivery.History },
            second.Delivery);
        Assert.Empty(second.Delivery.History);
    }

    [Fact]
    public void Pages_are_numbered_from_the_second_on_and_read_as_they_were_written()
    {
        Envelope page = TestPages.First();
        for (int number = 2; number <= 1000; number++)
        {
            Envelope next = Follow(page, $"?page={number}", maxPages: 1000);
            page = TestPages.Arrived(next);

            Assert.Equal($"r1~{number}", page.Request.Id);
            Assert.Equal(number, page.Delivery.Page?.Number);
            Assert.Equal(next.Delivery.Page, page.Delivery.Page);
            Assert.Equal(next.Request.Target, page.Request.Target);
            Assert.Equal(TestMessages.Posted, page.Delivery.Page!.Begun);
        }

        Assert.InRange(EnvelopeWriter.Write(page).Length, 0, 12 * 1024);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void List_ends_at_the_most_pages_allowed(int maxPages)
    {
        Envelope page = TestPages.First();
        for (int number = 2; number <= maxPages; number++)
            page = Follow(page, $"?page={number}", maxPages);

        NextPage.Refused refused = Assert.IsType<NextPage.Refused>(TestPages.Next(page, TestPages.Answer("<?page=99>; rel=\"next\""), maxPages: maxPages));

        Assert.Equal($"The list has more pages than Api:MaxPages ({maxPages}) allows.", refused.Why);
        Assert.Equal($"r1~{maxPages + 1}", refused.Envelope.Request.Id);
        Assert.Equal("/list?page=99", refused.Envelope.Request.Path);
        Assert.Null(refused.Link);
    }

    [Theory]
    [InlineData("/list?page=1")]
    [InlineData("/list?page=2")]
    [InlineData("/list?page=3")]
    public void Link_to_a_page_that_was_read_is_a_loop(string back)
    {
        Envelope third = TestPages.Arrived(Follow(TestPages.Arrived(Follow(TestPages.First("/list?page=1"), "?page=2")), "?page=3"));

        NextPage.Refused refused = Assert.IsType<NextPage.Refused>(TestPages.Next(third, TestPages.Answer($"<{TestPages.Base}{back}>; rel=\"next\"")));

        Assert.Contains("round in circles", refused.Why, StringComparison.Ordinal);
        Assert.Equal("r1~4", refused.Envelope.Request.Id);
        Assert.Equal(back, refused.Envelope.Request.Path);
    }

    [Fact]
    public void Cursor_that_stands_still_is_a_loop()
    {
        ApiResponse answer = TestPages.Answer(body: """{"next_cursor":"abc"}""");
        Envelope second = Assert.IsType<NextPage.Follow>(TestPages.Next(TestPages.First(fields: "\"paginate\":true,\"query\":{\"cursor\":\"\"}"), answer)).Envelope;

        Assert.Contains("round in circles", TestPages.Outcome(TestPages.Next(second, answer)), StringComparison.Ordinal);
    }

    [Fact]
    public void First_page_counts_as_seen_with_its_query()
    {
        Envelope first = TestPages.First(fields: "\"paginate\":true,\"query\":{\"page\":1}");

        Assert.Contains("round in circles", TestPages.Outcome(TestPages.Next(first, TestPages.Answer("<?page=1>; rel=\"next\""))), StringComparison.Ordinal);
        Assert.Equal("/list", TestPages.Outcome(TestPages.Next(first, TestPages.Answer("<list>; rel=\"next\""))));
    }

    [Fact]
    public void Forged_page_state_leads_nowhere_else()
    {
        Envelope forged = new(
            TestPages.First().Request with { Id = "r1~5" },
            new Delivery { FirstSeenAt = TestMessages.Posted, Page = new PageState(5, TestMessages.Posted, Convert.ToBase64String(new byte[40])) });
        Envelope page = TestPages.Arrived(forged);

        Assert.IsType<NextPage.Refused>(TestPages.Next(page, TestPages.Answer("<https://evil.test/v1/list>; rel=\"next\"")));
        Assert.Equal("r1~6", Follow(page, "?page=6").Request.Id);
    }

    private static Envelope Follow(Envelope page, string link, int maxPages = 500) =>
        Assert.IsType<NextPage.Follow>(TestPages.Next(page, TestPages.Answer($"<{link}>; rel=\"next\""), maxPages: maxPages)).Envelope;
}
