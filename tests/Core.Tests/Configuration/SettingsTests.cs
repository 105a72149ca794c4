using System.Net;
using Courier.Contracts;
using Courier.Origin;
using Courier.Resilience;
using Courier.Routing;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Configuration;

/// <summary>The settings of the contract, in every form in which they may be given.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Defaults_are_those_of_the_contract()
    {
        using ServiceProvider services = TestSettings.Provide();

        ApiOptions api = services.GetRequiredService<IOptions<ApiOptions>>().Value;
        Assert.Equal(new Uri("https://api.securityscorecard.io"), api.BaseUrl);
        Assert.Equal(new Uri("https://status.securityscorecard.com"), api.StatusPageUrl);
        Assert.Equal(["Accept", "Accepts-Version", "Idempotency-Key", "If-Match", "If-None-Match"], api.AllowedHeaders);
        Assert.Equal((8 * 1024 * 1024, 500), (api.MaxResponseBytes, api.MaxPages));
        Assert.Empty(api.Headers);
        ResilienceOptions resilience = services.GetRequiredService<IOptions<ResilienceOptions>>().Value;
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45)), (resilience.AttemptTimeout, resilience.TotalTimeout));
        Assert.Equal((3, TimeSpan.FromSeconds(1)), (resilience.Retries, resilience.BaseDelay));
        RoutingOptions routing = services.GetRequiredService<IOptions<RoutingOptions>>().Value;
        Assert.Equal((8, TimeSpan.FromDays(3)), (routing.MaxAttempts, routing.MaxAge));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)), (routing.BaseDelay, routing.MaxDelay));
        QueueOptions queues = services.GetRequiredService<IOptions<QueueOptions>>().Value;
        Assert.Equal(("api-requests", "api-results", "api-dead-letters", "api-alerts"), (queues.RequestName, queues.Results, queues.DeadLetters, queues.Alerts));
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        (string, string?)[] settings =
        [
            ("Api:BaseUrl", " https://api.example.com/v1 "), ("Api:MaxResponseBytes", "2048"), ("Api:SupportContact", "help@example.com"),
            ("Resilience:BreakerFailureRatio", "0.25"), ("Routing:MaxAge", "3.12:00:00"), ("Queues:Results", "answers"),
        ];
        using ServiceProvider services = TestSettings.Provide(settings);

        ApiOptions api = services.GetRequiredService<IOptions<ApiOptions>>().Value;

        Assert.Equal((new Uri("https://api.example.com/v1"), 2048, "help@example.com"), (api.BaseUrl, api.MaxResponseBytes, api.SupportContact));
        Assert.Equal(0.25, services.GetRequiredService<IOptions<ResilienceOptions>>().Value.BreakerFailureRatio);
        Assert.Equal(TimeSpan.FromDays(3.5), services.GetRequiredService<IOptions<RoutingOptions>>().Value.MaxAge);
        Assert.Equal("answers", services.GetRequiredService<IOptions<QueueOptions>>().Value.Results);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Blank_value_counts_as_unset(string blank)
    {
        (string, string?)[] settings =
        [
            ("Api:BaseUrl", blank), ("Api:AllowedHeaders", blank), ("Api:Headers:X-Team", ""), ("Routing:MaxAttempts", blank), ("Routing:MaxAge", blank),
            ("Queues:Requests", blank), ("Resilience:BreakerFailureRatio", blank), ("Api:ProbePath", blank),
        ];
        using ServiceProvider services = TestSettings.Provide(settings);

        services.GetRequiredService<IStartupValidator>().Validate();

        ApiOptions api = services.GetRequiredService<IOptions<ApiOptions>>().Value;
        Assert.Equal(new Uri("https://api.securityscorecard.io"), api.BaseUrl);
        Assert.Equal(ApiOptions.DefaultAllowedHeaders, api.AllowedHeaders);
        Assert.Empty(api.Headers);
        Assert.Equal("/portfolios", api.ProbePath);
        Assert.Equal(8, services.GetRequiredService<IOptions<RoutingOptions>>().Value.MaxAttempts);
        Assert.Equal("api-requests", services.GetRequiredService<IOptions<QueueOptions>>().Value.RequestName);
    }

    [Fact]
    public void Lists_may_be_numbered()
    {
        ApiOptions api = TestSettings.Options<ApiOptions>(("Api:AllowedHeaders:0", "X-One"), ("Api:AllowedHeaders:1", "X-Two"), ("Api:AllowedHeaders:2", ""));

        Assert.Equal(["X-One", "X-Two"], api.AllowedHeaders);
    }

    [Fact]
    public void Lists_may_be_one_text_with_commas() =>
        Assert.Equal(["X-One", "X-Two"], TestSettings.Options<ApiOptions>(("Api:AllowedHeaders", " X-One ,, X-Two,")).AllowedHeaders);

    [Fact]
    public void Environment_form_replaces_the_colon_by_two_underscores()
    {
        const string prefix = "COURIER_SETTINGS_TEST_";
        (string Name, string Value)[] variables =
            [("Api__BaseUrl", "https://env.example.com"), ("Api__Headers__X-Team", "a"), ("ROUTING__MAXATTEMPTS", "5"), ("Api__AllowedHeaders__0", "X-One")];
        foreach ((string name, string value) in variables)
            Environment.SetEnvironmentVariable(prefix + name, value);

        IConfigurationRoot configuration = new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build();

        (string, string?)[] settings = [.. configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value))];
        ApiOptions api = TestSettings.Options<ApiOptions>(settings);
        Assert.Equal(new Uri("https://env.example.com"), api.BaseUrl);
        Assert.Equal("a", api.Headers["x-team"]);
        Assert.Equal(["X-One"], api.AllowedHeaders);
        Assert.Equal(5, TestSettings.Options<RoutingOptions>(settings).MaxAttempts);
    }

    [Fact]
    public async Task Headers_of_settings_and_messages_are_sent()
    {
        StubApi api = new(HttpStatusCode.OK);
        KeyValuePair<string, string?>[] settings = [new("Api:Headers:X-Team", "a"), new("Api:Headers:X-Version", "1"), new("Api:AllowedHeaders", "X-Version")];
        await using TestCourier courier = TestCourier.Create(api, settings: settings);
        await courier.PostAsync("""{"method":"GET","path":"/x","headers":{"x-version":"2"}}""");

        await courier.ProcessAsync();

        SentRequest sent = Assert.Single(api.Sent);
        Assert.Equal("a", sent.Headers["X-Team"]);
        Assert.Equal("2", Assert.Single(sent.Headers, header => header.Key.Equals("X-Version", StringComparison.OrdinalIgnoreCase)).Value);
    }

    [Theory]
    [InlineData("RequestQueue")]
    [InlineData("Queues:Requests")]
    public async Task Names_of_queues_are_those_of_the_settings(string requests)
    {
        FakeClock clock = new();
        InMemoryStorage storage = new(clock);
        KeyValuePair<string, string?>[] settings = [new(requests, "inbox"), new("Queues:Results", "answers")];
        await using TestCourier courier = TestCourier.Create(new StubApi(HttpStatusCode.OK), clock, settings, storage);
        await storage.Queue("inbox").SendAsync("""{"method":"GET","path":"/x"}"""u8.ToArray(), TimeSpan.Zero, TestContext.Current.CancellationToken);

        await courier.ProcessAsync();

        Assert.Equal(1, await storage.Queue("answers").CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal("inbox-poison", courier.Storage.Poison.Name);
    }
}
