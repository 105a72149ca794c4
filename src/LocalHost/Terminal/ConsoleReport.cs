using System.Globalization;
using System.Text;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Processing;
using Courier.Routing;

namespace Courier.LocalHost.Terminal;

/// <summary>Shows in the terminal what became of each message; of a dead letter also the cause and what to do.</summary>
public sealed class ConsoleReport(TextWriter output, KeyRedaction redaction, TimeProvider time, bool inColour) : ISettledObserver
{
    private const string Green = "32", Yellow = "33", Red = "31", Dim = "2";

    private readonly Lock _lock = new();

    public void OnSettled(Settled settled)
    {
        string text = redaction.Clean(Describe(settled));
        lock (_lock)
            output.Write(text);
    }

    private string Describe(Settled settled)
    {
        StringBuilder text = new();
        (string mark, string colour, string became) = Became(settled);
        text.Append(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss} {Paint(mark, colour)} {settled.Id}  {Safe(settled.Method)} {Safe(settled.Path)}");
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"           {Answer(settled.Call)}{Paint(became, colour)}").AppendLine();
        if (settled.Record is { } record)
            Explain(text, record);
        return text.ToString();
    }

    private static (string Mark, string Colour, string Became) Became(Settled settled) => settled.Disposition switch
    {
        Disposition.Complete => ("ok  ", Green, "completed"),
        Disposition.Reschedule later => ("wait", Yellow,
            $"back on the queue, visible in {later.Delay.TotalSeconds:0.#} s ({(later.CountsAsAttempt ? $"failed attempt {settled.Attempt + 1}" : "uses no attempt")})"),
        Disposition.DeadLetter dead => ("dead", Red, $"dead letter: {dead.Reason.Text()}"),
        _ => ("?", Red, settled.Disposition.Name),
    };

    private static string Answer(Call? call) => call switch
    {
        null => "not called -> ",
        { Result: CallResult.Unreachable unreachable } => $"{unreachable.Why} -> ",
        { Result.Response: { } answer } => string.Create(CultureInfo.InvariantCulture, $"{answer.Status} in {call.Duration.TotalMilliseconds:0} ms -> "),
        _ => $"{call.Result.Outcome} -> ",
    };

    private void Explain(StringBuilder text, DeadLetterRecord record)
    {
        text.AppendLine(Paint($"           cause   {Safe(record.Cause)}", Dim));
        if (record.ApiMessage is { } message)
            text.AppendLine(Paint($"           the API {Safe(message)}", Dim));
        foreach (string remedy in record.Remedies)
            text.AppendLine(Paint($"           do      {Safe(remedy)}", Dim));
    }

    /// <summary>What came from outside must not steer the terminal.</summary>
    private static string Safe(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c));

    private string Paint(string text, string colour) => inColour ? $"\e[{colour}m{text}\e[0m" : text;
}
