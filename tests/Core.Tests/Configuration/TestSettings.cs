using Courier.Configuration;
using Courier.Contracts;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Configuration;

/// <summary>Courier's options from settings, and what is said when they are wrong.</summary>
internal static class TestSettings
{
    /// <summary>The key is set unless the settings say otherwise.</summary>
    public static ServiceProvider Provide(params (string Key, string? Value)[] settings)
    {
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase) { ["Api:Key"] = TestCourier.Key };
        foreach ((string key, string? value) in settings)
            values[key] = value;
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IStorage>(new InMemoryStorage(TimeProvider.System));
        services.AddCourierCore(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        return services.BuildServiceProvider();
    }

    public static TOptions Options<TOptions>(params (string Key, string? Value)[] settings)
        where TOptions : class
    {
        using ServiceProvider services = Provide(settings);
        return services.GetRequiredService<IOptions<TOptions>>().Value;
    }

    /// <summary>One line for each wrong setting, as the person at the console reads them; none when all are right.</summary>
    public static IReadOnlyList<string> Errors(params (string Key, string? Value)[] settings)
    {
        using ServiceProvider services = Provide(settings);
        Exception? error = Record.Exception(services.GetRequiredService<IStartupValidator>().Validate);
        return error is null ? [] : [.. StartupErrors.Describe(error)!.Split(Environment.NewLine)[1..^1].Select(line => line["error: ".Length..])];
    }
}
