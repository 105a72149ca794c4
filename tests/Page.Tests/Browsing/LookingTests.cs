using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Page.Tests.Browsing;

/// <summary>What an operator sees at a look, in a real browser.</summary>
[Collection(nameof(Browser))]
public sealed class LookingTests(Browser browser)
{
    [Fact]
    public async Task Quota_shows_what_was_used_and_when_it_is_free_again()
    {
        await using Desk desk = await Desk.OpenAsync(settings: [("Quota:Limit", "100"), ("Quota:Reserve", "0"), ("Quota:MaxRate", "1000")]);
        await desk.CarryAsync(30, i => Message($"r{i}"));
        IPage page = await browser.OpenAsync(desk.Page.Address);
        ILocator quota = page.GetByRole(AriaRole.Region, new() { Name = "Quota", Exact = true });

        await Expect(quota).ToContainTextAsync("calls are free now. All 100 are free at");
        await Expect(quota.Locator("canvas")).ToHaveCountAsync(2);
        foreach (ILocator table in await quota.GetByText("The same as a table").AllAsync())
            await table.ClickAsync();
        ILocator used = quota.GetByRole(AriaRole.Region, new() { Name = "Quota used" }).GetByRole(AriaRole.Row);
        ILocator free = quota.GetByRole(AriaRole.Region, new() { Name = "Quota free" }).GetByRole(AriaRole.Row);
        await Expect(used).ToHaveCountAsync(13);
        await Expect(free).ToHaveCountAsync(14);
        await Expect(free.Nth(13)).ToContainTextAsync("100");
        Assert.InRange((await used.AllInnerTextsAsync()).Skip(1).Sum(row => int.Parse(row.Split('\t')[1], null)), 30, 100);
    }

    [Fact]
    public async Task Keyboard_stays_where_it_is_when_the_view_is_renewed()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 404);
        IPage page = await browser.OpenAsync(desk.Page.Address);
        ILocator look = page.GetByRole(AriaRole.Link, new() { Name = "Look at them" });
        await look.FocusAsync();

        await desk.CarryAsync(1, i => Message($"r{i}"));

        await Expect(page.Locator(".tiles > div").Filter(new() { HasText = "Dead letters" }).Locator("strong")).ToHaveTextAsync("1");
        await Expect(look).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Schedule_says_in_words_when_it_runs()
    {
        await using Desk desk = await Desk.OpenAsync(settings:
            [("Schedules:0:Name", "scores"), ("Schedules:0:Cron", "0 30 6 * * 1-5"), ("Schedules:0:TimeZone", "Europe/Vienna"), ("Schedules:0:Request", """{"method":"GET","path":"/x"}""")]);
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/schedules"));

        ILocator schedule = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "scores" });
        await Expect(schedule).ToContainTextAsync("Monday to Friday at 06:30, Europe/Vienna");
        await Expect(schedule).ToContainTextAsync("never yet");
        await Expect(schedule.GetByText(", in ")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alerts_of_the_past_stand_below_those_of_now_with_their_ends()
    {
        await using Desk desk = await Desk.OpenAsync();
        await desk.TellAsync();
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/alerts"));

        ILocator past = page.GetByRole(AriaRole.Region, new() { Name = "History" }).GetByRole(AriaRole.Listitem);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Now" })).ToContainTextAsync("silence since");
        await Expect(past).ToHaveCountAsync(3);
        await Expect(past.Nth(0)).ToContainTextAsync("not over");
        await Expect(past.Nth(1)).ToContainTextAsync("dead-letters-rising");
        await Expect(past.Nth(2)).ToContainTextAsync("Calls to api.test fail.");
        await Expect(past.Nth(2)).ToContainTextAsync("after 25 min, told again once");
        await Expect(page.GetByText("Calls are expected, and none has succeeded since")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_asks_twice_for_a_redrive_is_asked_once()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 403);
        await desk.CarryAsync(1, i => Message($"r{i}"));
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/requests/r1"));
        ILocator redrive = page.GetByRole(AriaRole.Button, new() { Name = "Redrive …", Exact = true });
        await Expect(redrive).ToBeVisibleAsync();

        await page.EvaluateAsync("() => { const button = document.getElementById('redrive-this'); button.click(); button.click(); }");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByText("Nothing was sent.")).ToBeVisibleAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keyboard_alone_finds_a_batch()
    {
        await using Desk desk = await Desk.OpenAsync();
        await desk.CarryAsync(2, i => $$"""{"id":"r{{i}}","method":"GET","path":"/x","batch":"night"}""");
        IPage page = await browser.OpenAsync(desk.Page.Address);

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("b");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Batches", Level = 1 })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("night");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("2 of 2 requests done.")).ToBeVisibleAsync();
    }

    private static string Message(string id) => $$"""{"id":"{{id}}","method":"GET","path":"/x"}""";
}
