using System.CommandLine;

namespace Courier.Cli.Commands;

/// <summary><c>courier completion</c>: a script that asks the tool itself what may come next.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _courier() { local IFS=$'\n'; COMPREPLY=($(compgen -W "$(courier "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")); }
            complete -F _courier courier
            """,
        ["zsh"] = """
            #compdef courier
            _courier() { local -a words; words=("${(@f)$(courier "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}"); compadd -- $words }
            compdef _courier courier
            """,
        ["fish"] = """
            complete -f -c courier -a '(courier "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
            """,
        ["powershell"] = """
            Register-ArgumentCompleter -Native -CommandName courier -ScriptBlock { param($word, $ast, $position)
              courier "[suggest:$position]" "$ast" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) } }
            """,
    };

    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong([.. s_scripts.Keys]);
        Command command = new("completion", "Prints a script by which the shell completes what you type.\n\nExample:\n  courier completion bash >> ~/.bashrc") { shell };
        command.SetAction(parse =>
        {
            Console.Out.WriteLine(s_scripts[parse.GetValue(shell)!]);
            return ExitCode.Done;
        });
        return command;
    }
}
