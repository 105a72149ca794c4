using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Courier.Exporters;
using Microsoft.Extensions.Configuration;

namespace Courier.Functions.Tests;

/// <summary>Application Insights as the infrastructure sets it.</summary>
public sealed class InsightsTests
{
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://insights.example/";

    [Fact]
    public void Nothing_is_sampled_and_no_line_is_dropped_for_its_trace()
    {
        AzureMonitorExporterOptions options = new();

        Create(("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection))!.Configure(options);

        Assert.Equal((Connection, 1f, null, false, false), (options.ConnectionString, options.SamplingRatio, options.TracesPerSecond, options.EnableTraceBasedLogsSampler, options.EnableLiveMetrics));
    }

    [Theory]
    [InlineData("ClientId=1c0f3f04-7d5a-4f1c-9f3b-2f4f6f0a9f11;Authorization=AAD", true)]
    [InlineData("Authorization=AAD", true)]
    [InlineData("", false)]
    public void Managed_identity_is_used_where_it_is_asked_for(string text, bool isExpected) =>
        Assert.Equal(isExpected, Create(("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection), ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", text))!.Credential is ManagedIdentityCredential);

    [Fact]
    public void Without_a_connection_string_there_is_none() =>
        Assert.Null(Create(("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "Authorization=AAD")));

    private static InsightsTarget? Create(params (string Key, string Value)[] settings) =>
        InsightsTarget.Of(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
