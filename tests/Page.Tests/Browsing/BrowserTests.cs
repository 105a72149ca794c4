using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Page.Tests.Browsing;

/// <summary>The operator's work, in a real browser.</summary>
[Collection(nameof(Browser))]
public sealed class BrowserTests(Browser browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Group_is_read_and_redriven_behind_its_canary()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 403);
        await desk.CarryAsync(8, i => Message($"r{i}", $"/companies/{i}"));
        using ManualResetEventSlim canaryIsSeen = new();
        desk.Answer = _ => canaryIsSeen.Wait(TimeSpan.FromSeconds(30), Cancelled) ? 200 : 500;
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/dead-letters"));
        ILocator group = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "8 requests: forbidden 403" });
        await Expect(group).ToContainTextAsync("permissions");
        await Expect(group.GetByRole(AriaRole.Listitem)).Not.ToHaveCountAsync(0);

        await group.GetByRole(AriaRole.Button, new() { Name = "Redrive" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Redrive 8 dead letters?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("One goes first");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Redrive", Exact = true }).ClickAsync();

        await Expect(page.GetByLabel("Redrive").First).ToContainTextAsync("tries one first");
        canaryIsSeen.Set();
        await Expect(page.GetByText("The redrive of 8 dead letters is done.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Empty(await desk.Courier.RecordsAsync());
        Assert.Equal(8, (await desk.Courier.ResultsAsync()).Select(result => result.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(16, desk.Courier.Calls.Count);
    }

    [Fact]
    public async Task Canary_that_comes_back_keeps_the_others()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 403);
        await desk.CarryAsync(6, i => Message($"r{i}", $"/companies/{i}"));
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/dead-letters?reason=forbidden"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive all that match" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Redrive", Exact = true }).ClickAsync();

        await Expect(page.GetByText("was stopped")).ToBeVisibleAsync();
        await Expect(page.GetByText("came back as before (forbidden 403)")).ToBeVisibleAsync();
        Assert.Equal(7, desk.Courier.Calls.Count);
        Assert.Equal(6, (await desk.Courier.RecordsAsync()).Count);
    }

    [Fact]
    public async Task What_becomes_dead_shows_without_loading_anew_unless_updates_are_stopped()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 404);
        IPage page = await browser.OpenAsync(desk.Page.Address);
        ILocator dead = page.Locator(".tiles > div").Filter(new() { HasText = "Dead letters" }).Locator("strong");
        await Expect(dead).ToHaveTextAsync("0");

        await desk.CarryAsync(1, _ => Message("r1", "/x"));
        await Expect(dead).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop updates" }).ClickAsync();
        await desk.CarryAsync(1, _ => Message("r2", "/x"));
        await Expect(page.GetByText("Updates stopped")).ToBeVisibleAsync();
        IPage other = await page.Context.NewPageAsync();
        await other.GotoAsync(desk.Page.Address.AbsoluteUri);
        await Expect(other.Locator(".tiles > div").Filter(new() { HasText = "Dead letters" }).Locator("strong")).ToHaveTextAsync("2"); // whoever is told knows by now
        await Expect(dead).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Expect(dead).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task Pause_keeps_everything_waiting_until_somebody_resumes()
    {
        await using Desk desk = await Desk.OpenAsync();
        IPage page = await browser.OpenAsync(desk.Page.Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("the vendor asked us to");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Paused by tester")).ToContainTextAsync("the vendor asked us to");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();

        await Expect(page.GetByText("Paused by tester")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Resumed: within 15 seconds")).ToBeVisibleAsync(); // only then it is noted
        Assert.Equal(["pause", "resume"], await desk.Courier.Get<Operations.Audit.AuditLog>().ReadAsync(Cancelled).Select(entry => entry.Action).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Keyboard_alone_filters_selects_and_redrives()
    {
        await using Desk desk = await Desk.OpenAsync(path => path.Contains("gone", StringComparison.Ordinal) ? 404 : 403);
        await desk.CarryAsync(3, i => Message($"r{i}", i == 1 ? "/gone" : "/kept"));
        desk.Answer = _ => 200;
        IPage page = await browser.OpenAsync(desk.Page.Address);

        await TypeAsync(page, "g", "d");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dead letters", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText("3 dead letters")).ToBeVisibleAsync();
        await TypeAsync(page, "/");
        await page.Keyboard.TypeAsync("not-found");
        await TypeAsync(page, "Enter");
        await Expect(page.GetByText("1 dead letter", new() { Exact = true })).ToBeVisibleAsync();
        Assert.EndsWith("?reason=not-found", page.Url, StringComparison.Ordinal);
        await TypeAsync(page, "j", "x", "r");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Redrive 1 dead letter?");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Redrive", Exact = true })).ToBeFocusedAsync();
        await TypeAsync(page, "Enter");

        await Expect(page.GetByText("The redrive of 1 dead letter is done.")).ToBeVisibleAsync();
        Assert.Equal("r1", Assert.Single(await desk.Courier.ResultsAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Nothing_happens_when_the_operator_thinks_better_of_it()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 403);
        await desk.CarryAsync(1, _ => Message("r1", "/x"));
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/requests/r1"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive …", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync(); // it is counted first; a key that comes earlier goes nowhere
        await TypeAsync(page, "Escape");

        await Expect(page.GetByText("Nothing was sent.")).ToBeVisibleAsync();
        Assert.Single(desk.Courier.Calls);
    }

    [Fact]
    public async Task Request_is_mended_and_sent_back_once_it_is_right()
    {
        await using Desk desk = await Desk.OpenAsync(path => path == "/right" ? 200 : 400);
        await desk.CarryAsync(1, _ => Message("r1", "/wrong"));
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/requests/r1"));
        await page.GetByText("Edit the request and redrive it").ClickAsync();

        await MendAsync(page, "//evil.test");
        await Expect(page.GetByText("names another host")).ToBeVisibleAsync();
        await MendAsync(page, "/right");
        await Expect(page.GetByText("Sent back.")).ToBeVisibleAsync();

        await desk.IdleAsync();
        Assert.Equal(["/wrong", "/right"], desk.Courier.Paths);
        Assert.Empty(await desk.Courier.RecordsAsync());
    }

    [Fact]
    public async Task Hostile_texts_are_shown_and_do_nothing()
    {
        const string hostile = "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>\u001b[2J\u202Egnp.exe";
        await using Desk desk = await Desk.OpenAsync(_ => 403);
        string body = JsonSerializer.Serialize(hostile + new string('x', 40_000));
        await desk.CarryAsync(1, _ => $$"""{"id":"r1","method":"POST","path":"/x?a=<script>","body":{{body}},"metadata":{"a":{{JsonSerializer.Serialize(hostile)}} } }""");
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/requests/r1"));

        await Expect(page.Locator("pre").First).ToContainTextAsync("<script>window.harmed=1</script>");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show all" })).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(desk.Page.Address, "/dead-letters?text=%3Cscript%3E").AbsoluteUri);
        await Expect(page.GetByText("1 dead letter", new() { Exact = true })).ToBeVisibleAsync();

        Assert.Null(await page.EvaluateAsync<int?>("window.harmed"));
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
    }

    [Fact]
    public async Task Page_that_only_shows_has_nothing_to_press()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 403, isReadOnly: true);
        await desk.CarryAsync(1, _ => Message("r1", "/x"));

        foreach (string view in new[] { "/", "/dead-letters", "/requests/r1" })
        {
            IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, view));
            await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
            await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0); // what is not there yet has no buttons either
            await Expect(page.Locator("main button:not(.primary)", new() { HasTextRegex = new("Redrive|Pause|Cancel") })).ToHaveCountAsync(0);
        }
    }

    private static string Message(string id, string path) => $$"""{"id":"{{id}}","method":"GET","path":"{{path}}"}""";

    private static async Task MendAsync(IPage page, string path)
    {
        await page.GetByLabel("The request, in JSON").FillAsync(Message("r1", path));
        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive as edited" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Redrive", Exact = true }).ClickAsync();
    }

    private static async Task TypeAsync(IPage page, params string[] keys)
    {
        foreach (string key in keys)
            await page.Keyboard.PressAsync(key);
    }
}
