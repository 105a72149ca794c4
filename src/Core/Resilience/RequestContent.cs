using System.Net;
using System.Net.Http.Headers;

namespace Courier.Resilience;

/// <summary>
/// A request's body that knows whether any of it was ever written. The client opens the connection first and asks for the body then,
/// so a body that was never asked for proves that the request was not sent, whatever the exception says.
/// </summary>
internal sealed class RequestContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public RequestContent(ReadOnlyMemory<byte> body, bool isJson)
    {
        _body = body;
        if (isJson)
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool WasSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasSent = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
