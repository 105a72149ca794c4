using Courier.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Courier.AzureStorage.Tests;

/// <summary>Starts that fail, as the one who started sees them.</summary>
public sealed class StartTests
{
    /// <summary>A hosted service that needs the storage account is made before the host validates; that must not hide the other errors.</summary>
    [Fact]
    public async Task Host_with_wrong_settings_ends_with_1_and_names_every_one_of_them()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCourier(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Routing:MaxAttempts", "many"), new("AzureWebJobsStorage", "AccountKey=secret")]).Build());
        using IHost host = builder.Build();
        using StringWriter errors = new();
        TextWriter console = Console.Error;
        Console.SetError(errors);
        int exitCode;
        try
        {
            exitCode = await host.RunCourierAsync();
        }
        finally
        {
            Console.SetError(console);
        }

        string text = errors.ToString();
        Assert.Equal(1, exitCode);
        Assert.Contains("AzureWebJobsStorage (its value is not shown)", text, StringComparison.Ordinal);
        Assert.Contains("Api:Key is not set", text, StringComparison.Ordinal);
        Assert.Contains("Routing:MaxAttempts is 'many'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }
}
