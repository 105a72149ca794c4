using Courier.Configuration;
using Courier.Contracts;
using Courier.Storage;
using Courier.Tests.Processing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.Tests.Configuration;

/// <summary>The console belongs to one test at a time.</summary>
[CollectionDefinition(nameof(StartTests), DisableParallelization = true)]
public sealed class ConsoleCollection;

/// <summary>A real host with Courier in it, from its start to its end.</summary>
[Collection(nameof(StartTests))]
public sealed class StartTests
{
    private const string Secret = "Token s3cret-key";

    [Fact]
    public async Task All_wrong_settings_of_all_sections_are_told_at_once()
    {
        (string, string)[] settings =
        [
            ("Api:Key", Secret), ("Api:BaseUrl", "http://api.example.com"), ("Api:MaxResponseBytes", "lots"), ("Api:Headers:Host", "x"),
            ("Queues:Requests", "Not A Queue"), ("Resilience:Retries", "99"), ("Resilience:AttemptTimeout", "soon"), ("Routing:MaxAttempts", "0"), ("Routing:MaxAge", "never"),
        ];

        (int code, string error) = await RunAsync(settings);

        Assert.Equal(1, code);
        Assert.All(
            ["9 of its settings are wrong", "Api:Key ", "Api:BaseUrl is 'http://api.example.com/'", "Api:MaxResponseBytes is 'lots'",
             "Api:Headers:Host is not allowed", "Queues:Requests is 'Not A Queue'",
             "Resilience:Retries is '99'", "Resilience:AttemptTimeout is 'soon'", "Routing:MaxAttempts is '0'", "Routing:MaxAge is 'never'", "written '__'"],
            phrase => Assert.Contains(phrase, error, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret-key", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_wrong_setting_is_told_alone()
    {
        (int code, string error) = await RunAsync(("Api:Key", "0123456789"), ("Routing:MaxAttempts", "0"));

        Assert.Equal(1, code);
        Assert.StartsWith("error: Courier cannot start: 1 of its settings is wrong.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_setting_leaves_the_storage_untouched()
    {
        FailingStorage storage = CreateStorage();

        await RunAsync(storage, ("Api:Key", ""));

        Assert.Empty(storage.Changes);
    }

    [Fact]
    public async Task Right_settings_start_the_host_and_make_queues_and_containers()
    {
        FailingStorage storage = CreateStorage();

        (int code, string error) = await RunAsync(storage, ("Api:Key", "0123456789"));

        Assert.Equal((0, ""), (code, error));
        string[] queues = ["api-alerts", "api-dead-letters", "api-requests", "api-requests-poison", "api-results"];
        string[] containers = ["api-dead-letters", "api-requests", "api-results", "api-state"];
        Assert.Equivalent(queues.Select(name => $"make queue {name}").Concat(containers.Select(name => $"make container {name}")), storage.Changes, strict: true);
    }

    [Fact]
    public async Task Other_failures_at_start_are_not_taken_for_settings()
    {
        FailingStorage storage = CreateStorage();
        storage.FailAt(0, after: false);

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(storage, ("Api:Key", "0123456789")));
    }

    private static FailingStorage CreateStorage() => new(new InMemoryStorage(new FakeClock()));

    private static Task<(int Code, string Error)> RunAsync(params (string Key, string Value)[] settings) => RunAsync(CreateStorage(), settings);

    /// <summary>Runs a host that stops as soon as it has started.</summary>
    private static async Task<(int Code, string Error)> RunAsync(IStorage storage, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.Services.AddSingleton(storage);
        builder.Services.AddCourierCore(builder.Configuration);
        IHost host = builder.Build();
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);

        TextWriter console = Console.Error;
        await using StringWriter error = new();
        Console.SetError(error);
        try
        {
            return (await host.RunCourierAsync(), error.ToString());
        }
        finally
        {
            Console.SetError(console);
        }
    }
}
