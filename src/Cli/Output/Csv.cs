using Courier.Writing;

namespace Courier.Cli.Output;

/// <summary>A line of comma-separated values that a spreadsheet takes for text and never for a formula.</summary>
internal static class Csv
{
    private const int Longest = 4000;

    public static string Line(params ReadOnlySpan<string?> fields)
    {
        string[] quoted = new string[fields.Length];
        for (int i = 0; i < fields.Length; i++)
            quoted[i] = Field(fields[i] ?? "");
        return string.Join(',', quoted);
    }

    private static string Field(string text)
    {
        string line = BoundedText.Of(text, Longest);
        if (line.Length > 0 && line[0] is '=' or '+' or '-' or '@')
            line = "'" + line;
        return line.AsSpan().ContainsAny('"', ',', ' ') ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
    }
}
