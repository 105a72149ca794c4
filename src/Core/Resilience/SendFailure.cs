namespace Courier.Resilience;

/// <summary>Reads from a failed send what happened, and whether the request may have reached the API.</summary>
internal static class SendFailure
{
    public static RequestFate Fate(HttpRequestMessage? request, Exception failure)
    {
        if (request?.Content is RequestContent content)
            return content.WasSent ? RequestFate.Unknown : RequestFate.NotSent;
        return failure is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError }
            ? RequestFate.NotSent
            : RequestFate.Unknown;
    }

    public static string Describe(Exception failure) => failure switch
    {
        Polly.Timeout.TimeoutRejectedException timeout => $"No answer within {timeout.Timeout}.",
        OperationCanceledException => "No answer in time.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The API's host name could not be resolved (DNS).",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "The connection to the API could not be opened.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection: the TLS handshake with the API failed.",
        HttpRequestException or IOException => "The connection broke before the whole answer had come.",
        _ => $"The call failed unexpectedly ({failure.GetType().Name}).",
    };
}
