using System.Reflection;
using System.Text.RegularExpressions;
using Courier.Contracts;
using Courier.Settings;

namespace Courier.Tests.Documents;

/// <summary>What the sources say of a class and of its properties, as Markdown.</summary>
internal static partial class SourceComments
{
    private static readonly Dictionary<string, string> s_files = Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(files => files.Key, files => files.First());

    public static string Of(Type type) => Summary(type, $@"public sealed class {type.Name}\b");

    public static string Of(Type type, PropertyInfo property) => Summary(type, $@"public [^\n(]+ {property.Name} \{{");

    private static string Summary(Type type, string declaration)
    {
        Match found = Regex.Match(Text(type), $@"((?:^ *///[^\n]*\n)+)(?:^ *\[[^\n]*\n)*^ *{declaration}", RegexOptions.Multiline);
        string text = string.Join(' ', found.Groups[1].Value.Split('\n').Select(line => line.Trim().TrimStart('/').Trim()));
        return Markdown(SummaryText().Match(text).Groups[1].Value.Trim(), type);
    }

    private static string Text(Type type) => File.ReadAllText(s_files[type.Name]).ReplaceLineEndings("\n");

    private static string Markdown(string text, Type type) => See().Replace(text, reference => Reference(reference.Groups[1].Value, type))
        .Replace("<c>", "`", StringComparison.Ordinal).Replace("</c>", "`", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A property of the class is meant as the setting that it is; a class of options as its section.</summary>
    private static string Reference(string name, Type type)
    {
        string section = type.GetField("Section")?.GetRawConstantValue() as string ?? "";
        return name.EndsWith("Options", StringComparison.Ordinal) ? $"`{name.Split('.')[^1][..^"Options".Length]}`"
            : type.GetProperty(name) is { SetMethod: not null } property && section.Length > 0 ? $"`{(property.IsDefined(typeof(FlatSettingAttribute)) ? "" : section + ":")}{name}`"
            : $"`{name.Split('.')[^1]}`";
    }

    [GeneratedRegex(@"<summary>(.*?)</summary>")]
    private static partial Regex SummaryText();

    [GeneratedRegex("""<see cref="([^"]+)"\s*/>""")]
    private static partial Regex See();
}
