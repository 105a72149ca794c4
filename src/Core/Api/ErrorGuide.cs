using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Api;

/// <summary>
/// Status → cause and remedies. 400, 401, 403, 404, 429 and 5xx say what the API's published error page says;
/// the further statuses say what HTTP means by them (RFC 9110).
/// </summary>
public sealed class ErrorGuide(IOptions<ApiOptions> options)
{
    private const string ReadTheMessage = "Verify the error message (`apiMessage`) to find more details.";

    private readonly Explanation _serverError = new(
        "Unexpected Error",
        "Something went wrong on the API's end.",
        [
            "These are rare, but integration builders can perform retries with exponential backoff: Courier has done so, so redrive the request once the API has recovered.",
            $"Check the status page for incident reports{Where(options.Value.StatusPageUrl?.ToString())}.",
            $"Contact the API's support for more help{Where(options.Value.SupportContact)}.",
        ]);

    public Explanation For(int status) => status switch
    {
        304 => s_notModified,
        >= 300 and <= 399 => s_redirected,
        400 => s_badRequest,
        401 => s_unauthorized,
        403 => s_forbidden,
        404 => s_notFound,
        405 => s_methodNotAllowed,
        408 => _serverError with { Title = "Request Timeout", Cause = "The API gave up waiting for the request." },
        409 => s_conflict,
        410 => s_gone,
        412 => s_preconditionFailed,
        413 => s_contentTooLarge,
        415 => s_unsupportedMediaType,
        422 => s_unprocessable,
        425 => _serverError with { Title = "Too Early", Cause = "The API was not willing to process the request yet." },
        429 => s_tooManyRequests,
        500 => _serverError with { Title = "Internal Server Error" },
        502 => _serverError with { Title = "Bad Gateway" },
        503 => _serverError with { Title = "Service Unavailable" },
        504 => _serverError with { Title = "Gateway Timeout" },
        >= 500 and <= 599 => _serverError,
        _ => s_other,
    };

    private static readonly Explanation s_redirected = new(
        "Redirected",
        "The API answered with a redirect. Courier never follows one, because the API key would travel with the request.",
        ["Look at the `location` header of the response: if the resource moved within the API, change `path` and send the request again.",
         "If the whole API moved, check with its documentation and change Api:BaseUrl."]);

    private static readonly Explanation s_notModified = new(
        "Not Modified",
        "The resource has not changed since the version that the request's `If-None-Match` names, so the API sent nothing.",
        ["Keep using what you have; or leave `If-None-Match` out and send the request again to get the resource anyway."]);

    private static readonly Explanation s_badRequest = new(
        "Bad Request",
        "The request you sent is invalid or has a format error.",
        ["Check the error message (`apiMessage`) to get more details on where the problem is.",
         "Review the documentation for the endpoint you are trying to use to check you are sending the right values."]);

    private static readonly Explanation s_unauthorized = new(
        "Unauthorized",
        "Authentication is required but the API key is missing, was revoked, or the associated user or organization were disabled.",
        ["Ensure the HTTP header \"Authorization\" is sent with an API key as \"Token <key>\": Courier sends it from the setting Api:Key, so check that setting.",
         "API keys never expire, but a key could be revoked by an administrator or by generating a new one: if so, put the new key into Api:Key.",
         ReadTheMessage]);

    private static readonly Explanation s_forbidden = new(
        "Forbidden",
        "The authenticated user (associated to the API key) doesn't have enough permissions to perform the requested operation. This could also indicate API access is not enabled for your account.",
        [ReadTheMessage,
         "Verify the user associated to the API key has access to the resource and an access level that allows the requested operation.",
         "Verify the resource belongs to your Organization.",
         "Verify the feature you are trying to access is enabled for your account."]);

    private static readonly Explanation s_notFound = new(
        "Not Found",
        "The resource you are trying to access was not found.",
        ["Verify the URL you are using (`path`) is matching the endpoint documentation.",
         "Verify the resource id is valid and the resource wasn't deleted by you or another user in your Organization.",
         "Note: sometimes a 404 is used when a resource exists but belongs to another Organization, for security reasons."]);

    private static readonly Explanation s_tooManyRequests = new(
        "Too Many Requests",
        "You (or your Organization's users) have performed too many requests in a recent period of time.",
        ["Reduce the rate of requests made by your application: lower Quota:Limit or raise Quota:Reserve if others share the key.",
         "Use the \"Retry-After\" header to retry automatically when appropriate: Courier does."]);

    private static readonly Explanation s_methodNotAllowed = new(
        "Method Not Allowed",
        "The resource exists, but not for this method.",
        ["Review the documentation for the endpoint and change `method` or `path`."]);

    private static readonly Explanation s_conflict = new(
        "Conflict",
        "The request contradicts the present state of the resource; somebody else may have changed or created it first.",
        ["Read the resource, decide again, and send a new request.", ReadTheMessage]);

    private static readonly Explanation s_gone = new(
        "Gone",
        "The resource was removed for good.",
        ["Stop asking for it, or review the documentation for what replaced it."]);

    private static readonly Explanation s_preconditionFailed = new(
        "Precondition Failed",
        "A condition of the request (`If-Match`, `If-None-Match`) does not hold: the resource has changed since you read it.",
        ["Read the resource, decide again, and send a new request with its present ETag."]);

    private static readonly Explanation s_contentTooLarge = new(
        "Content Too Large",
        "The body of the request is larger than the API accepts.",
        ["Split the request into smaller ones, or review the endpoint's limits in its documentation."]);

    private static readonly Explanation s_unsupportedMediaType = new(
        "Unsupported Media Type",
        "The API does not accept the format of the body. Courier sends `body` as application/json.",
        ["Review the documentation for the endpoint: one that does not take JSON cannot be called through Courier."]);

    private static readonly Explanation s_unprocessable = new(
        "Unprocessable Content",
        "The API understood the body but cannot act on its values.",
        ["Check the error message (`apiMessage`) for the field that is wrong, and correct it.",
         "Review the documentation for the endpoint to check you are sending the right values."]);

    private static readonly Explanation s_other = new(
        "Rejected",
        "The API refused the request; repeating it as it is would not help.",
        [ReadTheMessage, "Review the documentation for the endpoint and correct the request."]);

    private static string Where(string? place) => string.IsNullOrWhiteSpace(place) ? "" : $" ({place})";
}
