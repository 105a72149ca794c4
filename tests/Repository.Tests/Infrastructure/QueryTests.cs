using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Contracts;
using Courier.Tests.Documents;

namespace Courier.Tests.Infrastructure;

/// <summary>The queries of alert rules and workbook, read by the query language's own parser against the tables of a workspace.</summary>
[Collection(nameof(Templates))]
public sealed partial class QueryTests(Templates templates)
{
    [Fact]
    public async Task Queries_parse_and_name_tables_and_columns_that_exist()
    {
        Dictionary<string, string> queries = Rules().Concat(Plots()).ToDictionary(query => query.Name, query => query.Text);

        Assert.Empty(await ProblemsAsync(queries));
        Assert.Equal(Directory.GetFiles(Repository.PathOf("infra", "queries"), "*.kql", SearchOption.AllDirectories).Length, queries.Count);
    }

    [Fact]
    public async Task Queries_that_documents_show_parse()
    {
        string[] shown = [.. ShownCommand.Documents.SelectMany(document => Shown().Matches(File.ReadAllText(Repository.PathOf(document.Split('/')))))
            .Select(code => code.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal)).Distinct()];

        Assert.NotEmpty(shown);
        Assert.Empty(await ProblemsAsync(shown.ToDictionary(query => query)));
    }

    [Fact]
    public void Metrics_and_attributes_that_queries_name_are_told_by_the_telemetry_page()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "telemetry.md"));
        string[] names = [.. Rules().Concat(Plots()).Where(query => query.Text.Contains("AppMetrics", StringComparison.Ordinal)).SelectMany(query => Quoted().Matches(query.Text)).Select(name => name.Groups[1].Value).Distinct()];

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_that_names_no_column_is_found() =>
        Assert.Contains("Mesage", Assert.Single(await ProblemsAsync(new() { ["wrong"] = "AppTraces | where Mesage == 'x'" })), StringComparison.Ordinal);

    [Fact]
    public void Rules_watch_what_nobody_inside_can_tell()
    {
        Assert.Equal(
            ["courier-alert-critical", "courier-alert-warning", "courier-heartbeat", "courier-key-reference", "courier-oldest-waiting", "courier-poison", "courier-workspace-cap"],
            templates.Least.Names("Microsoft.Insights/scheduledQueryRules").Order(StringComparer.Ordinal));
        Assert.Equal(["courier-storage-availability"], templates.Least.Names("Microsoft.Insights/metricAlerts"));
    }

    [Fact]
    public void Rules_tell_the_group_of_this_deployment_and_those_that_were_named()
    {
        Assert.All(templates.Full.Of("Microsoft.Insights/scheduledQueryRules"), rule =>
        {
            string?[] groups = [.. rule.GetProperty("properties").GetProperty("actions").GetProperty("actionGroups").EnumerateArray().Select(group => group.GetString())];
            Assert.Equal(2, groups.Length);
            Assert.Contains("/ag-courier-", groups[0], StringComparison.Ordinal);
            Assert.EndsWith("/on-call", groups[1], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Heartbeat_watches_a_function_that_exists() => Assert.Contains(FunctionsMetadata.Read(), function => function.Name == "WatchHealth");

    [Theory]
    [InlineData("heartbeat")]
    [InlineData("alert-critical")]
    [InlineData("alert-warning")]
    [InlineData("oldest-waiting")]
    [InlineData("poison")]
    [InlineData("key-reference")]
    [InlineData("workspace-cap")]
    [InlineData("storage-availability")]
    public void Runbook_says_what_to_do(string rule) =>
        Assert.Contains($"\n| `courier-{rule}` |", File.ReadAllText(Repository.PathOf("docs", "runbook.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private IEnumerable<(string Name, string Text)> Rules() => templates.Full.Of("Microsoft.Insights/scheduledQueryRules")
        .Select(rule => (rule.GetProperty("name").GetString()!, rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!));

    private IEnumerable<(string Name, string Text)> Plots()
    {
        JsonElement workbook = JsonElement.Parse(templates.Full.One("Microsoft.Insights/workbooks").GetProperty("properties").GetProperty("serializedData").GetString()!);
        return workbook.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("type").GetInt32() == 3)
            .Select(item => (item.GetProperty("name").GetString()!, item.GetProperty("content").GetProperty("query").GetString()!));
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(Dictionary<string, string> queries)
    {
        Command check = await Command.RunAsync("node", [Repository.PathOf("tools", "kusto", "check.js")], JsonSerializer.Serialize(queries));
        return check.ExitCode == 0
            ? [.. JsonElement.Parse(check.Output).EnumerateArray().Select(problem => problem.ToString())]
            : throw new InvalidOperationException($"The parser of queries is not there: run ./dev infra, which installs it (npm ci in tools/kusto). {check.Errors}");
    }

    /// <summary>A name with a dot in it.</summary>
    [GeneratedRegex("""["]([a-z_]+(?:\.[a-z_]+)+)["]""")]
    private static partial Regex Quoted();

    /// <summary>A query within a sentence or a cell.</summary>
    [GeneratedRegex("`((?:App[A-Z][a-z]+|union|Usage) [^`\n]+)`")]
    private static partial Regex Shown();
}
