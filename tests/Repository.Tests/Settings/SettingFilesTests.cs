using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Contracts;
using Courier.Functions;
using Courier.Processing;
using Courier.Resilience;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Settings;

/// <summary>The files that the host, a developer's machine and a deployment take their settings from.</summary>
public sealed partial class SettingFilesTests
{
    private static readonly JsonElement s_host = JsonElement.Parse(File.ReadAllText(Repository.PathOf("host.json")));

    [Fact]
    public void Host_leaves_messages_as_they_are_and_gives_up_after_five_deliveries()
    {
        JsonElement queues = s_host.GetProperty("extensions").GetProperty("queues");

        Assert.Equal("2.0", s_host.GetProperty("version").GetString());
        Assert.Equal("none", queues.GetProperty("messageEncoding").GetString());
        Assert.Equal(5, queues.GetProperty("maxDequeueCount").GetInt32());
    }

    [Fact]
    public void Host_gives_a_function_more_time_than_any_call_may_take()
    {
        TimeSpan function = TimeSpan.Parse(s_host.GetProperty("functionTimeout").GetString()!, null);
        TimeSpan longestCall = TimeSpan.FromMinutes(4); // Resilience:TotalTimeout may not be longer

        Assert.NotEmpty(Errors(new() { ["Resilience:TotalTimeout"] = (longestCall + TimeSpan.FromSeconds(1)).ToString() }));
        Assert.True(function > longestCall, $"functionTimeout is {function}");
    }

    [Fact]
    public void Sample_settings_are_valid()
    {
        Dictionary<string, string?> sample = Sample();

        Assert.Equal("dotnet-isolated", sample["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Empty(Errors(sample.ToDictionary(setting => Key(setting.Key), setting => setting.Value)));
    }

    [Fact]
    public void Sample_settings_hold_whatever_the_triggers_refer_to()
    {
        string[] expressions = [.. Triggers().SelectMany(trigger => Expression().Matches(trigger.QueueName).Select(match => match.Groups[1].Value))];
        string[] connections = [.. Triggers().Select(trigger => trigger.Connection!)];
        IConfiguration settings = Configuration(Sample().ToDictionary(setting => Key(setting.Key), setting => setting.Value));

        Assert.NotEmpty(expressions);
        Assert.All(expressions.Concat(connections), key => Assert.False(string.IsNullOrEmpty(settings[key]), key));
    }

    [Fact]
    public void Sample_settings_name_only_settings_that_exist()
    {
        IEnumerable<string> known = KnownSettings.Names.Concat(["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"]);

        Assert.Empty(Sample().Keys.Except(known));
    }

    /// <summary>What the start says to these settings, alone or on top of the sample's.</summary>
    internal static IReadOnlyList<string> Errors(Dictionary<string, string?> settings)
    {
        ServiceCollection services = new();
        services.AddCourier(new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true"), new("Api:Key", "test-key")]).AddInMemoryCollection(settings).Build());
        using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(failure => failure.Failures)];
        }
    }

    internal static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static Dictionary<string, string?> Sample() =>
        JsonElement.Parse(File.ReadAllText(Repository.PathOf("local.settings.sample.json"))).GetProperty("Values").EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value.GetString());

    private static IEnumerable<QueueTriggerAttribute> Triggers() => typeof(ProcessRequest).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .SelectMany(function => function.GetParameters()).Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()).OfType<QueueTriggerAttribute>();

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Expression();
}
