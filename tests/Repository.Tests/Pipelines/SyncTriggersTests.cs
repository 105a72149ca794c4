using Courier.Contracts;

namespace Courier.Tests.Pipelines;

/// <summary><c>./dev sync-triggers</c>, azd's hook after a deployment.</summary>
public sealed class SyncTriggersTests
{
    private const string App = "/subscriptions/s/resourceGroups/rg-courier/providers/Microsoft.Web/sites/func-courier-x";

    private static readonly string[] s_functions = [.. FunctionsMetadata.Read().Select(function => function.Name)];

    [Fact]
    public async Task It_waits_until_all_functions_of_the_app_are_listed()
    {
        await using StubArm arm = await StubArm.StartAsync(3, s_functions);

        Command run = await RunAsync(arm);

        Assert.Equal((0, "All 4 functions are listed."), (run.ExitCode, run.Errors.TrimEnd().Split('\n')[^1]));
        Assert.Equal(3, arm.Requests.Count(request => request == $"POST {App}/host/default/sync Bearer t0ken"));
        Assert.Equal(3, arm.Requests.Count(request => request == $"GET {App}/functions Bearer t0ken"));
    }

    [Fact]
    public async Task It_fails_and_names_the_function_that_is_never_listed()
    {
        await using StubArm arm = await StubArm.StartAsync(1, [.. s_functions.Except(["WatchHealth"])]);

        Command run = await RunAsync(arm, tries: 2);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WatchHealth is still not listed", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_which_part_of_the_environment_is_missing()
    {
        Command run = await Command.RunAsync("bash", [Repository.PathOf("dev"), "sync-triggers"], environment: new Dictionary<string, string> { ["AZURE_SUBSCRIPTION_ID"] = "" });

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("AZURE_SUBSCRIPTION_ID is not set", run.Errors, StringComparison.Ordinal);
    }

    private static Task<Command> RunAsync(StubArm arm, int tries = 10) => Command.RunAsync("bash", [Repository.PathOf("dev"), "sync-triggers"], environment: new Dictionary<string, string>
    {
        ["AZURE_SUBSCRIPTION_ID"] = "s",
        ["AZURE_RESOURCE_GROUP"] = "rg-courier",
        ["AZURE_FUNCTION_APP_NAME"] = "func-courier-x",
        ["COURIER_ARM"] = arm.Address,
        ["COURIER_ARM_TOKEN"] = "t0ken",
        ["COURIER_SYNC_TRIES"] = $"{tries}",
        ["COURIER_SYNC_PAUSE"] = "0",
    });
}
