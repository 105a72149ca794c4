using System.Net;
using System.Net.Http.Headers;

namespace Courier.Api;

/// <summary>A response body that has been read already.</summary>
/// <param name="received">The headers that came with it; they are not copied into this content's own.</param>
internal sealed class ResponseContent(ReadOnlyMemory<byte> body, bool isCut, HttpContentHeaders received) : HttpContent
{
    public ReadOnlyMemory<byte> Body => body;

    public bool IsCut => isCut;

    public HttpContentHeaders Received => received;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Body).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = Body.Length;
        return true;
    }
}
