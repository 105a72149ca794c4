using Microsoft.Playwright;

namespace Courier.Page.Tests.Browsing;

/// <summary>A Chromium for all tests of the collection. Where there is none, they are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _context;

    public async ValueTask InitializeAsync()
    {
        if (Executable() is not { } executable)
            return;
        Assertions.SetDefaultExpectTimeout(15_000); // no test waits for so long but on a machine that does other things as well
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = s_arguments });
    }

    /// <summary>The page at an address, in a context of its own; the one before is closed.</summary>
    /// <param name="mayInject">True: tests may put scripts of their own into it.</param>
    public async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1200, bool mayInject = false)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on the path: install the package chromium.");
        if (_context is not null)
            await _context.DisposeAsync();
        _context = await _browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = mayInject, Locale = "en-GB" });
        IPage page = await _context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Executable() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
