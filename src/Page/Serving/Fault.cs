namespace Courier.Page.Serving;

/// <summary>Why a request of the page came to nothing, as a sentence for the operator.</summary>
internal sealed record Fault(string Error);
