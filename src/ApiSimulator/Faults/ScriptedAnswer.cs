using Courier.ApiSimulator.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Courier.ApiSimulator.Faults;

internal static class ScriptedAnswer
{
    /// <summary>Null when the fault only delays or decorates what the API itself answers.</summary>
    public static Answer? To(Fault? fault) => fault switch
    {
        { Drop: true } => Answer.Dropped,
        { Body: { } body } => Answer.Text(fault.Status ?? 200, body, ContentTypeOf(body)),
        { Status: { } status } => Answer.Error(status, $"{ReasonPhrases.GetReasonPhrase(status)}, scripted by the fault \"{fault.Match}\"."),
        _ => null,
    };

    private static string ContentTypeOf(string body) => body.TrimStart() switch
    {
        ['{' or '[', ..] => "application/json; charset=utf-8",
        ['<', ..] => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}
