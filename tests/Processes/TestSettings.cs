namespace Courier.Processes;

/// <summary>The app settings of a test's worker, under their environment names.</summary>
public static class TestSettings
{
    public static Dictionary<string, string> Of(string storage, Uri api, string key) => new()
    {
        ["AzureWebJobsStorage"] = storage,
        ["RequestQueue"] = "api-requests",
        ["PoisonQueue"] = "api-requests-poison",
        ["Api__BaseUrl"] = api.ToString(),
        ["Api__Key"] = key,
        ["Api__ProbePath"] = "/me",
        ["Resilience__BaseDelay"] = "00:00:00.050",
        ["Resilience__BreakerMinimumThroughput"] = "1000000",
        ["Routing__BaseDelay"] = "00:00:01",
        ["Routing__MaxAttempts"] = "2",
        ["Quota__Limit"] = "1000000000",
        ["Quota__MaxRate"] = "100000",
    };
}
