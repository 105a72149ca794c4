using Courier.Api;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Api;

/// <summary>error-contract.txt, sentence by sentence, and the statuses beyond it.</summary>
public sealed class ErrorGuideTests
{
    [Theory]
    [InlineData(400, "Bad Request", "the request you sent is invalid or has a format error")]
    [InlineData(401, "Unauthorized", "authentication is required but", "key is missing, was revoked, or the associated user or organization were disabled")]
    [InlineData(403, "Forbidden", "the authenticated user (associated to the api key) doesn't have enough permissions to perform the requested operation")]
    [InlineData(403, "Forbidden", "this could also indicate api access is not enabled for your account")]
    [InlineData(404, "Not Found", "the resource you are trying to access was not found")]
    [InlineData(429, "Too Many Requests", "you (or your organization's users) have performed too many requests in", "recent period of time")]
    [InlineData(500, "Internal Server Error", "something went wrong on")]
    [InlineData(502, "Bad Gateway", "something went wrong on")]
    [InlineData(503, "Service Unavailable", "something went wrong on")]
    [InlineData(504, "Gateway Timeout", "something went wrong on")]
    [InlineData(507, "Unexpected Error", "something went wrong on")]
    [InlineData(599, "Unexpected Error", "something went wrong on")]
    public void Cause_is_the_one_of_the_error_contract(int status, string title, params string[] phrases)
    {
        Explanation explanation = CreateGuide().For(status);

        Assert.Equal(title, explanation.Title);
        Assert.All(phrases, phrase => Assert.Contains(phrase, explanation.Cause, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(400, "check the error message", "to get more details on where the problem is")]
    [InlineData(400, "review the documentation for the endpoint you are trying to use", "you are sending the right values")]
    [InlineData(401, "\"Authorization\"", "with an api key as \"Token")]
    [InlineData(401, "api keys never expire", "could be revoked by an administrator or by generating a new one")]
    [InlineData(401, "verify the error message", "to find more details")]
    [InlineData(403, "verify the error message", "to find more details")]
    [InlineData(403, "verify the user associated to the api key has access to the resource", "an access level that allows the requested operation")]
    [InlineData(403, "the resource belongs to your organization")]
    [InlineData(403, "the feature you are trying to access is enabled for your account")]
    [InlineData(404, "verify the url you are using", "is matching the endpoint documentation")]
    [InlineData(404, "verify the resource id is valid", "wasn't deleted by you or", "user in your organization")]
    [InlineData(404, "sometimes a 404 is used when a resource exists but belongs to another organization", "for security reasons")]
    [InlineData(429, "reduce the rate of requests made by your application")]
    [InlineData(429, "\"Retry-After\"", "retry automatically when appropriate")]
    [InlineData(500, "these are rare, but integration builders can perform retries with exponential backoff")]
    [InlineData(502, "check the status page for incident reports")]
    [InlineData(503, "contact", "for more help")]
    public void Remedies_hold_each_solution_of_the_error_contract(int status, params string[] phrases)
    {
        IReadOnlyList<string> remedies = CreateGuide().For(status).Remedies;

        Assert.Contains(remedies, remedy => phrases.All(phrase => remedy.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData(302, "Redirected", "never follows one, because the API key would travel")]
    [InlineData(405, "Method Not Allowed", "not for this method")]
    [InlineData(408, "Request Timeout", "gave up waiting")]
    [InlineData(409, "Conflict", "contradicts the present state")]
    [InlineData(410, "Gone", "removed for good")]
    [InlineData(412, "Precondition Failed", "`If-Match`")]
    [InlineData(413, "Content Too Large", "larger than the API accepts")]
    [InlineData(415, "Unsupported Media Type", "application/json")]
    [InlineData(422, "Unprocessable Content", "cannot act on its values")]
    [InlineData(425, "Too Early", "not willing to process")]
    [InlineData(418, "Rejected", "repeating it as it is would not help")]
    [InlineData(600, "Rejected", "repeating it as it is would not help")]
    public void Further_statuses_have_an_explanation_of_their_own(int status, string title, string phrase)
    {
        Explanation explanation = CreateGuide().For(status);

        Assert.Equal(title, explanation.Title);
        Assert.Contains(phrase, explanation.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_status_has_a_title_a_cause_and_remedies_in_sentences()
    {
        ErrorGuide guide = CreateGuide();

        Assert.All(Enumerable.Range(0, 1000).Select(guide.For), explanation =>
        {
            Assert.NotEmpty(explanation.Title);
            Assert.EndsWith(".", explanation.Cause, StringComparison.Ordinal);
            Assert.NotEmpty(explanation.Remedies);
            Assert.All(explanation.Remedies, remedy => Assert.EndsWith(".", remedy, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    public void Status_page_and_support_contact_stand_where_the_api_failed(int status)
    {
        ErrorGuide guide = CreateGuide(statusPage: "https://status.example.com/", support: "help@example.com");

        IReadOnlyList<string> remedies = guide.For(status).Remedies;

        Assert.Contains(remedies, remedy => remedy.Contains("status page", StringComparison.Ordinal) && remedy.Contains("(https://status.example.com/)", StringComparison.Ordinal));
        Assert.Contains(remedies, remedy => remedy.Contains("support", StringComparison.Ordinal) && remedy.Contains("(help@example.com)", StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_support_contact_leaves_no_empty_brackets() =>
        Assert.DoesNotContain(CreateGuide(support: " ").For(503).Remedies, remedy => remedy.Replace(" ", "", StringComparison.Ordinal).Contains("()", StringComparison.Ordinal));

    private static ErrorGuide CreateGuide(string statusPage = "https://status.test/", string? support = null) =>
        new(Options.Create(new ApiOptions { StatusPageUrl = new Uri(statusPage), SupportContact = support }));
}
