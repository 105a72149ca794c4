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

    private static ApiResponse CreateAnswer(int status) => new(status, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    private static DeadLetterGuide CreateGuide(int maxAttempts = 5, int maxResponseBytes = 1024)
    {
        IOptions<ApiOptions> api = Options.Create(new ApiOptions { MaxResponseBytes = maxResponseBytes });
        return new DeadLetterGuide(new ErrorGuide(api), api, Options.Create(new RoutingOptions { MaxAttempts = maxAttempts }));
    }
}
