using System.Text.Json;
using Courier.Api;
using Courier.LocalHost.Terminal;
using Courier.Messages;
using Courier.Origin;
using Courier.Processing;
using Courier.Resilience;
using Courier.Routing;
using Microsoft.Extensions.Options;

namespace Courier.EndToEnd.Tests.Hosting;

public sealed class ConsoleReportTests
{
    private const string Key = "console-key-0123456789";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 9, 30, 5, TimeSpan.Zero);

    [Fact]
    public void Completed_request()
    {
        Assert.Equal(
            """
            09:30:05 ok   order-1  GET /companies/example.com
                       200 in 123 ms -> completed

            """,
            Report(CreateSettled(new Disposition.Complete(), Answered(200))));
    }

    [Fact]
    public void Request_that_waits_for_quota()
    {
        Assert.Equal(
            """
            09:30:05 wait order-1  GET /companies/example.com
                       429 in 123 ms -> back on the queue, visible in 3.6 s (uses no attempt)

            """,
            Report(CreateSettled(new Disposition.Reschedule(TimeSpan.FromSeconds(3.62), CountsAsAttempt: false), Answered(429))));
    }

    [Fact]
    public void Request_that_is_tried_again()
    {
        Assert.Equal(
            """
            09:30:05 wait order-1  GET /companies/example.com
                       503 in 123 ms -> back on the queue, visible in 60 s (failed attempt 3)

            """,
            Report(CreateSettled(new Disposition.Reschedule(TimeSpan.FromMinutes(1), CountsAsAttempt: true), Answered(503), attempt: 2)));
    }

    [Fact]
    public void Request_that_the_open_circuit_refused()
    {
        Assert.Equal(
            """
            09:30:05 wait order-1  GET /companies/example.com
                       circuit-open -> back on the queue, visible in 5 s (uses no attempt)

            """,
            Report(CreateSettled(new Disposition.Reschedule(TimeSpan.FromSeconds(5), CountsAsAttempt: false), new CallResult.CircuitOpen(TimeSpan.FromSeconds(5)))));
    }

    [Fact]
    public void Request_that_was_not_admitted_yet()
    {
        Assert.Equal(
            """
            09:30:05 wait order-1  GET /companies/example.com
                       not called -> back on the queue, visible in 0.7 s (uses no attempt)

            """,
            Report(CreateSettled(new Disposition.Reschedule(TimeSpan.FromMilliseconds(720), CountsAsAttempt: false), null)));
    }

    [Fact]
    public void Request_without_an_answer()
    {
        Assert.Equal(
            """
            09:30:05 wait order-1  GET /companies/example.com
                       No answer in time. -> back on the queue, visible in 30 s (failed attempt 1)

            """,
            Report(CreateSettled(new Disposition.Reschedule(TimeSpan.FromSeconds(30), CountsAsAttempt: true), new CallResult.Unreachable("No answer in time.", RequestFate.Unknown))));
    }

    [Fact]
    public void Dead_lettered_request_with_cause_and_remedies()
    {
        DeadLetterRecord record = CreateRecord("The key may not.", "No access to this portfolio.", "Ask for access.", "Or use another portfolio.");

        Assert.Equal(
            """
            09:30:05 dead order-1  GET /companies/example.com
                       403 in 123 ms -> dead letter: forbidden
                       cause   The key may not.
                       the API No access to this portfolio.
                       do      Ask for access.
                       do      Or use another portfolio.

            """,
            Report(CreateSettled(new Disposition.DeadLetter(DeadLetterReason.Forbidden), Answered(403), record)));
    }

    [Fact]
    public void Dead_letter_without_a_call_or_a_word_of_the_API()
    {
        Assert.Equal(
            """
            09:30:05 dead order-1  GET /companies/example.com
                       not called -> dead letter: expired
                       cause   Too late.
                       do      Post it again.

            """,
            Report(CreateSettled(new Disposition.DeadLetter(DeadLetterReason.Expired), null, CreateRecord("Too late.", null, "Post it again."))));
    }

    [Fact]
    public void Terminal_gets_colours()
    {
        Assert.Equal(
            """
            09:30:05 [31mdead[0m order-1  GET /companies/example.com
                       404 in 123 ms -> [31mdead letter: not-found[0m
            [2m           cause   Not there.[0m
            [2m           do      Look.[0m

            """.Replace("[", "\e[", StringComparison.Ordinal),
            Report(CreateSettled(new Disposition.DeadLetter(DeadLetterReason.NotFound), Answered(404), CreateRecord("Not there.", null, "Look.")), inColour: true));
    }

    [Fact]
    public void Control_characters_from_outside_never_reach_the_terminal()
    {
        string hostile = "\e]0;owned\a\e[2J\r\n\u009b31m" + string.Concat(Enumerable.Range(0, 32).Concat(Enumerable.Range(127, 33)).Select(code => (char)code)) + "end";

        string text = Report(CreateSettled(
            new Disposition.DeadLetter(DeadLetterReason.Rejected), Answered(409), CreateRecord(hostile, hostile, hostile), method: "G\eET", path: "/a" + hostile));

        Assert.DoesNotContain(text.ReplaceLineEndings("\n"), character => char.IsControl(character) && character != '\n');
        Assert.Equal(5, text.ReplaceLineEndings("\n").Count(character => character == '\n'));
        Assert.Contains("G ET /a ]0;owned", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_is_taken_out()
    {
        string text = Report(CreateSettled(
            new Disposition.DeadLetter(DeadLetterReason.Forbidden), Answered(403), CreateRecord($"Token {Key} was refused.", $"bad token {Key}", $"Replace {Key}."), path: $"/me?token={Key}"));

        Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        Assert.Contains("GET /me?token=[redacted]", text, StringComparison.Ordinal);
        Assert.Contains("the API bad token [redacted]", text, StringComparison.Ordinal);
    }

    private static string Report(Settled settled, bool inColour = false)
    {
        using StringWriter output = new();
        KeyRedaction redaction = new(Options.Create(new ApiOptions { Key = Key }));
        new ConsoleReport(output, redaction, new UtcClock(), inColour).OnSettled(settled);
        return output.ToString();
    }

    private static CallResult Answered(int status)
    {
        ApiResponse answer = new(status, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);
        return status switch
        {
            200 => new CallResult.Succeeded(answer),
            429 => new CallResult.RateLimited(answer, null),
            503 => new CallResult.ServerError(answer, null),
            _ => new CallResult.Rejected(answer),
        };
    }

    private static Settled CreateSettled(
        Disposition disposition, CallResult? result, DeadLetterRecord? record = null, string method = "GET", string path = "/companies/example.com", int attempt = 0) =>
        new("order-1", method, path, attempt, result is null ? null : new Call(result, s_now, TimeSpan.FromMilliseconds(123.4)), disposition, record);

    private static DeadLetterRecord CreateRecord(string cause, string? apiMessage, params string[] remedies) => new()
    {
        Id = "order-1",
        Reason = "forbidden",
        Title = "Forbidden",
        Cause = cause,
        Remedies = remedies,
        ApiMessage = apiMessage,
        Request = JsonElement.Parse("{}"),
        Attempts = [],
        FirstSeenAt = s_now,
        DeadLetteredAt = s_now,
    };

    private sealed class UtcClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => s_now;
    }
}
