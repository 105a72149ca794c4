using Courier.Writing;
using Spectre.Console;

namespace Courier.Cli.Output;

/// <summary>Where a command writes to: with colours on a terminal, without any, and without breaking lines, into a pipe.</summary>
internal static class Terminal
{
    private const int PipeWidth = 4000;

    private static readonly IAnsiConsole s_console = Create(Console.Out);

    /// <summary>Somebody can be asked.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    public static bool IsPiped => Console.IsOutputRedirected;

    /// <param name="markup">With everything from outside made harmless: <see cref="Safe"/>.</param>
    public static void Line(string markup = "") => s_console.MarkupLine(markup);

    /// <summary>In a pipe without the blanks that fill up a table's lines.</summary>
    public static void Write(Table table)
    {
        if (!IsPiped)
        {
            s_console.Write(table);
            return;
        }

        using StringWriter text = new();
        Create(text).Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
            Console.Out.WriteLine(line.TrimEnd());
    }

    public static void Clear()
    {
        if (!IsPiped)
            s_console.Clear();
    }

    /// <summary>Text from outside, as one line that does nothing to a terminal and nothing to markup.</summary>
    public static string Safe(string? text, int longest = 200) => Markup.Escape(BoundedText.Of(text ?? "", longest));

    public static Table Table(params ReadOnlySpan<string> columns)
    {
        Table table = new Table { Border = IsPiped ? TableBorder.None : TableBorder.Rounded }.BorderColor(Color.Grey);
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column));
        return table;
    }

    /// <summary>Asks for a yes; whatever else is said, nothing or the end of the input too, is a no.</summary>
    /// <exception cref="CliException">Nobody is there to ask.</exception>
    public static bool Confirm(string question)
    {
        if (!IsInteractive)
            throw new CliException("Nobody can be asked here: say --yes.", ExitCode.Usage);
        Console.Write(question + " [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static IAnsiConsole Create(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(IsPiped
            ? new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) }
            : new AnsiConsoleSettings());
        if (IsPiped)
            console.Profile.Width = PipeWidth;
        return console;
    }
}
