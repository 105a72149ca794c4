using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Courier.AzureStorage;
using Courier.Cli.Commands;
using Courier.Cli.Output;
using Courier.Configuration;
using Courier.Storage;
using Courier.Writing;
using Microsoft.Extensions.Options;

namespace Courier.Cli;

/// <summary>The commands, and what becomes of everything that goes wrong in one: a sentence on standard error, and an exit code.</summary>
internal static partial class CommandLine
{
    private const int LongestError = 1000;
    private const string AccountRemedy = "Check that this is the right account (--connection, --account, or AzureWebJobsStorage) and that it can be reached; 'courier doctor' looks closer.";
    private const string SignInRemedy = "Run 'az login' (or sign in with azd, Azure PowerShell or Visual Studio) and set AZURE_TOKEN_CREDENTIALS=dev where a machine's own identity stands in the way, or name the account by --connection.";

    /// <summary>An @ names the file of a body or a message, not of further words.</summary>
    private static readonly ParserConfiguration s_parser = new() { ResponseFileTokenReplacer = null };

    private static readonly InvocationConfiguration s_invocation = new() { EnableDefaultExceptionHandler = false };

    public static async Task<int> RunAsync(string[] args)
    {
        Pipe.Open();
        RootCommand root = Create();
        ParseResult parse = root.Parse(args, s_parser);
        ShortenOthers(root, parse.CommandResult.Command);
        if (parse.Action is ParseErrorAction)
        {
            foreach (string error in parse.Errors.Select(error => NetType().Replace(error.Message, "a whole number")).Distinct())
                await ErrorAsync(error.EndsWith('.') ? error : error + ".");
            await Console.Error.WriteLineAsync($"'{string.Join(' ', Names(parse.CommandResult))} --help' shows what there is.");
            return ExitCode.Usage;
        }

        try
        {
            return await parse.InvokeAsync(s_invocation);
        }
        catch (CliException e)
        {
            return await FailAsync(e.Message, e.ExitCode);
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(StartupErrors.Describe(e));
            return ExitCode.Usage;
        }
        catch (StorageFailureException e)
        {
            return await FailAsync(Describe(e), ExitCode.Failed);
        }
        catch (IOException e) when (Pipe.IsBroken(e))
        {
            return ExitCode.Unread;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(e.Message, ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync("Interrupted.", ExitCode.Interrupted);
        }
    }

    private static string Describe(StorageFailureException failure) =>
        SignIn.IsMissing(failure) ? $"{failure.Message} {SignInRemedy}"
        : failure.Remedy is null ? $"{failure.Message} {AccountRemedy}"
        : failure.Message;

    private static RootCommand Create() => new(
        "Sees and does what there is to see and do about Courier, on any storage account: AzureWebJobsStorage in the environment, --connection, or --account.")
    {
        AccountOptions.Connection, AccountOptions.Account,
        SendCommand.Create(), StatusCommand.Create(), DeadLettersCommand.Create(),
        OrderCommands.Pause(), OrderCommands.Resume(), OrderCommands.Cancel(),
        CheckCommand.Create(), ValidateCommand.Create(), DoctorCommand.Create(), PageCommand.Create(), CompletionCommand.Create(),
    };

    /// <summary>A command's examples stand in its own help, and not in the list of those above it.</summary>
    private static void ShortenOthers(Command command, Command asked)
    {
        foreach (Command other in command.Subcommands)
        {
            if (other != asked)
                other.Description = other.Description?.Split("\n\n")[0];
            ShortenOthers(other, asked);
        }
    }

    private static IEnumerable<string> Names(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? Names(parent).Append(command.Command.Name) : ["courier"];

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await ErrorAsync(message);
        return exitCode;
    }

    /// <summary>What operators need not know of numbers.</summary>
    [GeneratedRegex(@"expected type 'System\.[A-Za-z0-9]+'")]
    private static partial Regex NetType();

    private static Task ErrorAsync(string message) => Console.Error.WriteLineAsync("error: " + BoundedText.Of(message, LongestError));
}
