namespace Courier.Tests.Documents;

/// <summary>Who runs the commands that documents show: a test by its class, or nobody, and why. The longest beginning that fits counts.</summary>
internal static class CommandTable
{
    private const string Cloud = "needs a subscription of Azure";

    public static readonly IReadOnlyDictionary<string, Runner> Runners = new Dictionary<string, Runner>
    {
        ["./dev bench"] = new(null, "measures for minutes; CI runs none of it"),
        ["./dev chaos"] = new(null, "./dev test runs it, less than a minute long, after the tests"),
        ["./dev cloud"] = new(null, Cloud),
        ["./dev courier"] = new(null, "as courier, from source"),
        ["./dev docs"] = new("ConfigurationTests", null),
        ["./dev fuzz"] = new("MessageFuzzTests", null),
        ["./dev func"] = new(null, "needs Azure Functions Core Tools, whose package downloads them from elsewhere; the pipeline runs ./dev func-check"),
        ["./dev help"] = new("DevScriptTests", null),
        ["./dev infra"] = new("TemplateTests", null),
        ["./dev mutate"] = new(null, "takes minutes a room; CI runs none of it"),
        ["./dev roundtrip"] = new("TripTests", null),
        ["./dev run"] = new("StartTests", null),
        ["./dev run --example"] = new("PortfolioExampleTests", null),
        ["./dev run --host"] = new("WorkerDemoTests", null),
        ["./dev simulate"] = new(null, "./dev test runs it, ten seeds long, after the tests"),
        ["./dev send"] = new("ArgumentsTests", null),
        ["./dev sync-triggers"] = new("SyncTriggersTests", null),
        ["./dev test"] = new(null, "is what runs the tests"),
        ["az "] = new(null, Cloud),
        ["azd "] = new(null, Cloud),
        ["courier "] = new("OperatorTests", null),
        ["courier check"] = new("CheckTests", null),
        ["courier completion"] = new("UsageTests", null),
        ["courier dead-letters redrive"] = new("OperatorTests", null),
        ["courier dead-letters redrive --group"] = new("DeadLetterBookTests", null),
        ["courier send --file"] = new("InterruptedTests", null),
        ["courier validate"] = new("UsageTests", null),
        ["cp local.settings.sample.json local.settings.json"] = new("SettingFilesTests", null),
        ["cd src/Functions && func start"] = new(null, "as ./dev func"),
        ["dotnet pack src/Cli"] = new("PackageTests", null),
        ["dotnet publish"] = new("WorkerDemoTests", null),
        ["dotnet tool install"] = new("PackageTests", null),
        ["export Schedules__0__"] = new("ScheduleSettingsTests", null),
        ["read -rs COURIER_API_KEY"] = new(null, "asks a person for a secret"),
    };

    public static Runner? Of(string command) =>
        Runners.Where(entry => command.StartsWith(entry.Key, StringComparison.Ordinal)).OrderByDescending(entry => entry.Key.Length).Select(entry => entry.Value).FirstOrDefault();
}
