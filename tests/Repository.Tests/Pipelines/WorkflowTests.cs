using System.Text.RegularExpressions;
using Courier.Contracts;
using YamlDotNet.RepresentationModel;

namespace Courier.Tests.Pipelines;

/// <summary>The pipelines do nothing that a person cannot do by hand, and trust nobody more than they must.</summary>
public sealed partial class WorkflowTests
{
    [Fact]
    public void There_are_two_pipelines() => Assert.Equal(["ci.yml", "deploy.yml"], Workflow.All.Select(workflow => workflow.Name).Order());

    [Fact]
    public void Every_step_is_one_call_of_dev_with_a_command_that_it_has()
    {
        string[] commands = [.. DevCommand().Matches(File.ReadAllText(Repository.PathOf("dev"))).Select(match => match.Groups[1].Value)];

        Assert.All(Workflow.All.SelectMany(workflow => workflow.Runs), run =>
        {
            Match call = DevCall().Match(run);
            Assert.True(call.Success, run);
            Assert.Contains(call.Groups[1].Value, commands);
        });
    }

    [Fact]
    public void Every_action_is_pinned_by_a_commit_and_says_which_version_that_is()
    {
        string[] uses = [.. Workflow.All.SelectMany(workflow => workflow.Lines).Where(line => line.Contains("uses:", StringComparison.Ordinal))];

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
        Assert.All(uses.Select(line => Pinned().Match(line)).GroupBy(match => match.Groups[1].Value), versions => Assert.Single(versions.Select(match => match.Groups[2].Value).Distinct()));
    }

    [Fact]
    public void Token_may_read_and_what_a_job_may_besides_is_listed_here()
    {
        Assert.All(Workflow.All, workflow => Assert.Equal(["contents: read"], workflow.Permissions.Select(pair => $"{pair.Key}: {pair.Value}")));
        string[] more = [.. Workflow.All.SelectMany(workflow => workflow.Jobs).Where(job => Workflow.Text(job.Job, "permissions") is not null)
            .SelectMany(job => Workflow.Entries(Workflow.Map(job.Job, "permissions")).Where(pair => pair.Value == "write").Select(pair => $"{job.Name}: {pair.Key}"))];
        Assert.Equal(["codeql: security-events", "deploy: id-token", "prove: id-token"], more.Order());
    }

    [Fact]
    public void Every_job_ends_some_time() =>
        Assert.All(Workflow.All.SelectMany(workflow => workflow.Jobs), job => Assert.InRange(int.Parse(Workflow.Text(job.Job, "timeout-minutes")!, null), 1, 90));

    [Fact]
    public void No_checkout_leaves_the_token_in_the_working_copy() => Assert.All(Workflow.All, workflow => Assert.Equal(
        workflow.Lines.Count(line => line.Contains("actions/checkout@", StringComparison.Ordinal)),
        workflow.Lines.Count(line => line.Contains("persist-credentials: false", StringComparison.Ordinal))));

    [Fact]
    public void No_script_is_made_of_what_strangers_write() =>
        Assert.DoesNotContain(Workflow.All.SelectMany(workflow => workflow.Runs), run => run.Contains("${{", StringComparison.Ordinal));

    [Fact]
    public void What_was_deployed_to_prove_something_is_taken_down_whatever_happened()
    {
        YamlMappingNode prove = Workflow.All.SelectMany(workflow => workflow.Jobs).Single(job => job.Name == "prove").Job;
        YamlMappingNode last = (YamlMappingNode)((YamlSequenceNode)prove.Children["steps"]).Children[^1];

        Assert.Equal(("always()", "./dev cloud down \"$AZURE_ENV_NAME\""), (Workflow.Text(last, "if"), Workflow.Text(last, "run")));
    }

    [Fact]
    public void Dependabot_looks_after_whatever_is_pinned()
    {
        YamlSequenceNode updates = (YamlSequenceNode)Workflow.Root(Repository.PathOf(".github", "dependabot.yml")).Children["updates"];
        string[] ecosystems = [.. updates.Children.Cast<YamlMappingNode>().Select(update => Workflow.Text(update, "package-ecosystem")!)];
        string[] npm = [.. updates.Children.Cast<YamlMappingNode>().Where(update => update.Children.ContainsKey("directories"))
            .SelectMany(update => ((YamlSequenceNode)update.Children["directories"]).Children.Select(folder => folder.ToString()))];

        Assert.Equal(["devcontainers", "github-actions", "npm", "nuget"], ecosystems.Order());
        Assert.Equal(
            Directory.GetFiles(Repository.PathOf("tools"), "package.json", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
                .Select(file => "/tools/" + Path.GetFileName(Path.GetDirectoryName(file))).Order(),
            npm.Order());
    }

    [GeneratedRegex(@"^\./dev ([a-z-]+)( [^;&|<>`]*)?$")]
    private static partial Regex DevCall();

    /// <summary>A branch of the script's last <c>case</c>.</summary>
    [GeneratedRegex(@"^  ([a-z-]+)(?: \| [a-z-]+)*\) ", RegexOptions.Multiline)]
    private static partial Regex DevCommand();

    [GeneratedRegex(@"uses: ([\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
