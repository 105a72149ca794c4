using Courier.Contracts;
using Courier.Health;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Page.Tests.Browsing;

/// <summary>Every view for every reader: axe finds nothing in it, and nothing runs out of a phone. With COURIER_SCREENSHOTS set, the pictures of docs/images are made anew.</summary>
[Collection(nameof(Browser))]
public sealed class AccessTests(Browser browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly string[] s_views = ["/", "/dead-letters", "/dead-letters?reason=not-found", "/requests/score-1", "/requests/nobody", "/batches", "/batches?id=night", "/schedules", "/alerts"];

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 1200)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Views_are_for_everybody(ColorScheme scheme, int width)
    {
        await using Desk desk = await CreateAsync();
        foreach (string view in s_views)
        {
            IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, view), scheme, width, mayInject: true);
            await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
            await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);

            await PictureAsync(page, view, scheme, width);
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })");
            AxeResult found = await page.RunAxe();

            Assert.Empty(found.Violations.Select(violation => $"{view} {violation.Impact} {violation.Id}: {violation.Nodes[0].Html}"));
            Assert.Equal((view, width), (view, await page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
        }
    }

    [Fact]
    public async Task Question_before_a_redrive_is_for_everybody()
    {
        await using Desk desk = await CreateAsync();
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/requests/score-1"), mayInject: true);

        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive …", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
    }

    private static async Task<Desk> CreateAsync()
    {
        Desk desk = await Desk.OpenAsync(
            path => path.StartsWith("/companies", StringComparison.Ordinal) ? 404 : path.StartsWith("/portfolios", StringComparison.Ordinal) ? 403 : 200,
            settings: [("Schedules:0:Name", "scores"), ("Schedules:0:Cron", "0 30 6 * * 1-5"), ("Schedules:0:Request", """{"method":"GET","path":"/portfolios/abc/companies"}""")]);
        await desk.TellAsync();
        await desk.CarryAsync(40, i => $$"""{"id":"list-{{i}}","method":"GET","path":"/industries/{{i}}","batch":"night"}""");
        await desk.CarryAsync(12, i => $$"""{"id":"score-{{i}}","method":"GET","path":"/companies/supplier-{{i}}.example","batch":"night"}""");
        await desk.CarryAsync(3, i => $$"""{"id":"add-{{i}}","method":"PUT","path":"/portfolios/restricted/companies/{{i}}.example","body":{"note":"new supplier"} }""");
        await desk.Courier.Get<HealthReports>().PublishAsync(Cancelled);
        await desk.CallAsync();
        for (int i = 0; i < 700; i++)
            await desk.Courier.Storage.Requests.SendAsync("{}"u8.ToArray(), TimeSpan.FromHours(1), Cancelled);
        return desk;
    }

    private static async Task PictureAsync(IPage page, string view, ColorScheme scheme, int width)
    {
        string? picture = (view, scheme, width) switch
        {
            ("/", ColorScheme.Light, 1200) => "page-overview.png",
            ("/dead-letters", ColorScheme.Light, 1200) => "page-dead-letters.png",
            ("/dead-letters", ColorScheme.Dark, 390) => "page-phone.png",
            _ => null,
        };
        if (picture is not null && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("COURIER_SCREENSHOTS")))
            await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "images", picture) });
    }
}
