using System.CommandLine;
using Courier.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Cli;

/// <summary>Courier as a command needs it: the settings of the environment, and the account that the command line names. Nothing of it runs.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>Stands for a key where nothing is called: the rules ask for one. No text holds it.</summary>
    public const string NoKey = "not-set-and-not-needed-by-this-command";

    private readonly ServiceProvider _services;

    private Session(ServiceProvider services) => _services = services;

    public TimeProvider Time => Get<TimeProvider>();

    /// <exception cref="CliException">The account is named twice.</exception>
    public static Session Open(ParseResult parse)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Api:Key"] = NoKey })
            .AddEnvironmentVariables()
            .AddInMemoryCollection(Account(parse.GetValue(AccountOptions.Connection), parse.GetValue(AccountOptions.Account)))
            .Build();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(configuration);
        services.AddCourier(configuration);
        services.AddCourierOperations();
        return new Session(services.BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.Dispose();

    private static Dictionary<string, string?> Account(string? connection, string? account) => (connection, account) switch
    {
        (not null, not null) => throw new CliException("--connection and --account both name the storage account: leave one out.", ExitCode.Usage),
        (not null, null) => new() { ["AzureWebJobsStorage"] = connection },
        (null, not null) => new() { ["AzureWebJobsStorage"] = "", ["AzureWebJobsStorage:accountName"] = account, ["AzureWebJobsStorage:queueServiceUri"] = "", ["AzureWebJobsStorage:blobServiceUri"] = "" },
        _ => [],
    };
}
