using System.Net;
using System.Net.Http.Headers;

namespace Courier.Answers;

/// <summary>A response body that has been read already.</summary>
/// <param name="received">The headers that came with it; they are not copied into this content's own.</param>
internal sealed class ResponseContent(ReadBody body, HttpContentHeaders received) : HttpContent
{
    public ReadBody Body => body;

    public HttpContentHeaders Received => received;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body.Bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = body.Bytes.Length;
        return true;
    }
}
