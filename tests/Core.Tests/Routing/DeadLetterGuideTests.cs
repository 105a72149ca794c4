using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Resilience;
using Courier.Routing;
using Courier.Tests.Messages;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Routing;

public sealed class DeadLetterGuideTests
{
    [Theory]
    [InlineData(DeadLetterReason.Redirected, 302, "Redirected")]
    [InlineData(DeadLetterReason.BadRequest, 400, "Bad Request")]
    [InlineData(DeadLetterReason.Unauthorized, 401, "Unauthorized")]
    [InlineData(DeadLetterReason.Forbidden, 403, "Forbidden")]
    [InlineData(DeadLetterReason.NotFound, 404, "Not Found")]
    [InlineData(DeadLetterReason.Rejected, 409, "Conflict")]
    [InlineData(DeadLetterReason.Rejected, 418, "Rejected")]
    public void Answer_of_the_api_is_explained_by_its_status(DeadLetterReason reason, int status, string title)
    {
        Explanation explanation = CreateGuide().Explain(reason, null, new CallResult.Rejected(CreateAnswer(status)), null);

        Assert.Equal(title, explanation.Title);
    }

    [Fact]
    public void Invalid_message_says_what_is_wrong_with_it() =>
        Assert.Equal("`path` is missing.", CreateGuide().Explain(DeadLetterReason.InvalidMessage, null, null, "`path` is missing.").Cause);

    [Fact]
    public void Exhausted_attempts_name_the_limits_and_the_last_answer()
    {
        Delivery delivery = new() { FirstSeenAt = TestMessages.Posted, FirstCallAt = TestMessages.Posted };

        Explanation explanation = CreateGuide().Explain(DeadLetterReason.AttemptsExhausted, delivery, new CallResult.ServerError(CreateAnswer(503), null), null);

        Assert.Equal("Attempts exhausted", explanation.Title);
        Assert.All(
            ["Routing:MaxAttempts 5", "Routing:MaxAge 3.00:00:00", "first call 2026-01-01 08:00:00Z", "503 Service Unavailable: Something went wrong"],
            phrase => Assert.Contains(phrase, explanation.Cause, StringComparison.Ordinal));
        Assert.Contains(explanation.Remedies, remedy => remedy.Contains("status page", StringComparison.Ordinal));
    }

    [Fact]
    public void Exhausted_attempts_without_an_answer_say_why_there_was_none()
    {
        CallResult result = new CallResult.Unreachable("The API's host name could not be resolved (DNS).", RequestFate.NotSent);

        Explanation explanation = CreateGuide().Explain(DeadLetterReason.AttemptsExhausted, null, result, null);

        Assert.EndsWith("The last time: The API's host name could not be resolved (DNS).", explanation.Cause, StringComparison.Ordinal);
        Assert.Contains(explanation.Remedies, remedy => remedy.Contains("status page", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_outcome_warns_of_repeating()
    {
        Explanation explanation = CreateGuide().Explain(DeadLetterReason.OutcomeUnknown, null, new CallResult.Unreachable("No answer in time.", RequestFate.Unknown), null);

        Assert.Contains("may have been carried out", explanation.Cause, StringComparison.Ordinal);
        Assert.Contains("No answer in time", explanation.Cause, StringComparison.Ordinal);
        Assert.Contains(explanation.Remedies, remedy => remedy.Contains("\"idempotent\": true", StringComparison.Ordinal));
    }

    [Fact]
    public void Response_that_is_too_large_names_the_limit()
    {
        Explanation explanation = CreateGuide(maxResponseBytes: 4096).Explain(DeadLetterReason.ResponseTooLarge, null, null, null);

        Assert.Contains("Api:MaxResponseBytes (4096 bytes)", explanation.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeadLetterReason.InvalidMessage, "Invalid message", "cannot be read", "post it again", "docs/requests.md")]
    [InlineData(DeadLetterReason.Expired, "Expired", "`expiresAt` passed", "later `expiresAt`", "backlog")]
    [InlineData(DeadLetterReason.Crashed, "Crashed", "The worker died", "log around the time", "redrive the request")]
    [InlineData(DeadLetterReason.Cancelled, "Cancelled", "An operator cancelled it.", "Nothing is left to do")]
    [InlineData(DeadLetterReason.PageUnreadable, "Page unreadable", "is unknown.", "goes on from here", "without `paginate`")]
    [InlineData(DeadLetterReason.AnswerUnreadable, "Answer unreadable", "could not be read.", "Look up at the API", "`\"idempotent\": true`")]
    [InlineData(DeadLetterReason.AnswerNotKept, "Answer not kept", "(its answer is not known), but what follows from it could not be written.", "Look at the storage", "after a 2xx")]
    [InlineData(DeadLetterReason.OutcomeUnknown, "Outcome unknown", "must not be repeated blindly.", "Check at the API", "`Idempotency-Key`")]
    [InlineData(DeadLetterReason.ResponseTooLarge, "Response too large", "lost in part.", "a smaller page", "raise Api:MaxResponseBytes")]
    [InlineData(DeadLetterReason.NextPageRefused, "Next page refused", "cannot be followed.", "raise Api:MaxPages (500)", "an id of its own", "tell the API's support")]
    public void Reason_without_an_answer_has_its_own_words(DeadLetterReason reason, string title, string cause, params string[] remedies)
    {
        Explanation explanation = CreateGuide().Explain(reason, null, null, null);

        Assert.Equal(title, explanation.Title);
        Assert.Contains(cause, explanation.Cause, StringComparison.Ordinal);
        Assert.EndsWith(".", explanation.Cause, StringComparison.Ordinal); // nothing is left of what is not known
        Assert.Equal(remedies.Length, explanation.Remedies.Count);
        Assert.All(remedies.Zip(explanation.Remedies), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DeadLetterReason.InvalidMessage)]
    [InlineData(DeadLetterReason.Cancelled)]
    [InlineData(DeadLetterReason.PageUnreadable)]
    [InlineData(DeadLetterReason.AnswerNotKept)]
    [InlineData(DeadLetterReason.NextPageRefused)]
    public void Sentence_that_says_why_ends_the_cause(DeadLetterReason reason) =>
        Assert.EndsWith("Because of this.", CreateGuide().Explain(reason, null, null, "Because of this.").Cause, StringComparison.Ordinal);

    [Fact]
    public void Unreadable_answer_names_its_status_and_what_was_wrong()
    {
        CallResult result = new CallResult.Unreadable(CreateAnswer(201) with { Incomplete = "It is damaged." });

        string cause = CreateGuide().Explain(DeadLetterReason.AnswerUnreadable, null, result, null).Cause;

        Assert.StartsWith("The API answered 201, so the request was carried out", cause, StringComparison.Ordinal);
        Assert.EndsWith("could not be read. It is damaged.", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_that_was_not_kept_is_named()
    {
        Assert.Contains("(the API answered 201)", CreateGuide().Explain(DeadLetterReason.AnswerNotKept, null, new CallResult.Succeeded(CreateAnswer(201)), null).Cause, StringComparison.Ordinal);
        Assert.Contains("(unreachable)", CreateGuide().Explain(DeadLetterReason.AnswerNotKept, null, new CallResult.Unreachable("", RequestFate.Unknown), null).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Exhausted_attempts_at_an_open_circuit_say_so()
    {
        string cause = CreateGuide().Explain(DeadLetterReason.AttemptsExhausted, new Delivery { FirstSeenAt = TestMessages.Posted }, new CallResult.CircuitOpen(TimeSpan.FromSeconds(30)), null).Cause;

        Assert.EndsWith("its time (Routing:MaxAge 3.00:00:00). The last time: The circuit was open because most calls failed.", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_that_was_always_refused_says_how_often_and_since_when()
    {
        Delivery delivery = new() { FirstSeenAt = TestMessages.Posted, Refusals = 7, RefusedSince = TestMessages.Posted };

        Explanation explanation = CreateGuide().Explain(DeadLetterReason.AttemptsExhausted, delivery, new CallResult.RateLimited(CreateAnswer(429), null), null);

        Assert.Equal("Attempts exhausted", explanation.Title);
        Assert.Equal(
            "The API refused this request with 429 each time, 7 times in a row (Routing:MaxRefusals 20, Routing:MaxAge 3.00:00:00, first 2026-01-01 08:00:00Z), "
            + "while it answered others: a limit of this resource, not the quota. It was never carried out.",
            explanation.Cause);
        Assert.Contains("Routing:MaxAge 3.00:00:00), while", CreateGuide().Explain(DeadLetterReason.AttemptsExhausted, delivery with { RefusedSince = null }, null, null).Cause, StringComparison.Ordinal);
    }

    private static ApiResponse CreateAnswer(int status) => new(status, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    private static DeadLetterGuide CreateGuide(int maxAttempts = 5, int maxResponseBytes = 1024)
    {
        IOptions<ApiOptions> api = Options.Create(new ApiOptions { MaxResponseBytes = maxResponseBytes });
        return new DeadLetterGuide(new ErrorGuide(api), api, Options.Create(new RoutingOptions { MaxAttempts = maxAttempts }));
    }
}
