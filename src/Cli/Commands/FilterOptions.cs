using System.CommandLine;
using Courier.Operations.DeadLetters;

namespace Courier.Cli.Commands;

/// <summary>The options that say which dead letters are meant.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _reasons = new("--reason") { Description = "Given up for this reason, like not-found; may be repeated.", HelpName = "reason" };
    private readonly Option<int[]> _statuses = new("--status") { Description = "With this HTTP status; may be repeated.", HelpName = "status" };
    private readonly Option<string[]> _groups = new("--group") { Description = "Of the group that 'groups' names so, and of no other: 'not-found 404 /companies/*'; may be repeated.", HelpName = "group" };
    private readonly Option<string?> _path = new("--path") { Description = "Whose path matches, * for any characters, slashes too: '/companies/*'.", HelpName = "glob" };
    private readonly Option<string?> _since = new("--since") { Description = "Dead since then: " + Moments.Form + " ago.", HelpName = "moment" };
    private readonly Option<string?> _until = new("--until") { Description = "Dead before then.", HelpName = "moment" };
    private readonly Option<string?> _text = new("--text") { Description = "With this text anywhere in the record (each one is read).", HelpName = "text" };
    private readonly Option<string[]> _ids = new("--id") { Description = "Of this request; may be repeated.", HelpName = "id" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _reasons, _statuses, _groups, _path, _since, _until, _text, _ids })
            command.Add(option);
    }

    public DeadLetterFilter Read(ParseResult parse, DateTimeOffset now, IEnumerable<string>? ids = null) => new()
    {
        Reasons = parse.GetValue(_reasons) ?? [],
        Statuses = parse.GetValue(_statuses) ?? [],
        Kinds = [.. (parse.GetValue(_groups) ?? []).Select(Kind)],
        Path = parse.GetValue(_path),
        Since = Moments.Parse(parse.GetValue(_since), "--since", now, -1),
        Until = Moments.Parse(parse.GetValue(_until), "--until", now, -1),
        Text = parse.GetValue(_text),
        Ids = [.. parse.GetValue(_ids) ?? [], .. ids ?? []],
    };

    private static DeadLetterKind Kind(string name) => DeadLetterKind.Parse(name)
        ?? throw new CliException($"--group is '{name}': it must be a group as 'courier dead-letters groups' names it, like 'not-found 404 /companies/*'.", ExitCode.Usage);
}
