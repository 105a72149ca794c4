using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Page.Tests.Browsing;

/// <summary>What waits, in a real browser: cancelled, paused, counted by its batch. Key, quota and orders are the real ones.</summary>
[Collection(nameof(Browser))]
public sealed class WaitingTests(Browser browser)
{
    private static readonly (string Key, string Value)[] s_settings = [("Quota:Limit", "5000"), ("Quota:MaxRate", "1000"), ("Routing:BaseDelay", "00:00:02"), ("Routing:MaxDelay", "00:00:02"), ("Routing:MaxAttempts", "1000")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_request_is_found_by_its_id_and_cancelled_and_its_page_shows_when_it_is()
    {
        await using Desk desk = await Desk.OpenAsync(_ => 503, settings: s_settings);
        await desk.Courier.PostAsync(Message("r1"));
        IPage page = await browser.OpenAsync(desk.Page.Address);
        await page.GetByLabel("Request", new() { Exact = true }).FillAsync("r1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Expect(page.GetByText("There is no dead letter of this id")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redrive" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel …", Exact = true }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("sent by mistake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();

        await Expect(page.GetByText("Cancelled: if it waits")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "(cancelled" })).ToBeVisibleAsync();
        JsonElement record = Assert.Single(await desk.Courier.RecordsAsync());
        Assert.Contains("sent by mistake", record.GetProperty("cause").GetString(), StringComparison.Ordinal);
        await desk.IdleAsync();
    }

    [Fact]
    public async Task Nothing_is_called_in_a_pause_and_what_comes_after_it_is()
    {
        await using Desk desk = await Desk.OpenAsync(settings: s_settings);
        IPage page = await browser.OpenAsync(desk.Page.Address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause …" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Paused by tester")).ToBeVisibleAsync();
        await desk.Courier.PostAsync(Message("r1"));
        await Expect(page.GetByText("none before its turn")).ToBeVisibleAsync(); // it came up, and was put back
        Assert.Empty(desk.Courier.Calls);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByText("Resumed: within 15 seconds")).ToBeVisibleAsync();
        await desk.Courier.PostAsync(Message("r2", "/after"));

        await Expect(page.GetByText("Paused by tester")).ToHaveCountAsync(0);
        await desk.UntilAsync(() => desk.Courier.Paths.Contains("/after"));
    }

    [Fact]
    public async Task Batch_is_counted_until_it_is_done()
    {
        await using Desk desk = await Desk.OpenAsync(path => path == "/gone" ? 404 : path == "/later" ? 503 : 200, settings: s_settings);
        foreach (string path in new[] { "/a", "/b", "/gone", "/later" })
            await desk.Courier.PostAsync(Message($"r{path[1..]}", path, "night"));
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/batches"));

        await page.GetByLabel("Batch", new() { Exact = true }).FillAsync("night");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("2 of 4 requests done.")).ToBeVisibleAsync();
        Assert.Equal(["2", "1", "1"], await page.Locator(".tiles strong").AllInnerTextsAsync());
        desk.Answer = path => path == "/gone" ? 404 : 200;
        await Expect(page.GetByText("3 of 4 requests done.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Look for them" }).ClickAsync();
        await Expect(page.GetByText("1 dead letter", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "rgone" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "night" }).ClickAsync();
        Assert.EndsWith("/batches?id=night", page.Url, StringComparison.Ordinal);
        await desk.IdleAsync();
    }

    [Theory]
    [InlineData("nobody", "Courier has seen no request of this batch yet.")]
    [InlineData("no batch", "A batch has 1 to 128 characters out of A-Z a-z 0-9 . _ - .")]
    public async Task Batch_that_is_none_is_told(string id, string sentence)
    {
        await using Desk desk = await Desk.OpenAsync();
        IPage page = await browser.OpenAsync(new Uri(desk.Page.Address, "/batches"));
        await page.GetByLabel("Batch", new() { Exact = true }).FillAsync(id);

        await page.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();

        await Expect(page.GetByText(sentence)).ToBeVisibleAsync();
    }

    private static string Message(string id, string path = "/x", string? batch = null) =>
        $$"""{"id":"{{id}}","method":"GET","path":"{{path}}"{{(batch is null ? "" : $$""","batch":"{{batch}}" """)}}}""";
}
