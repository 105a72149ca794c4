using System.Net;
using System.Net.Http.Headers;

namespace Courier.Api;

/// <summary>A response body that has been read already.</summary>
internal sealed class ResponseContent : HttpContent
{
    public ResponseContent(ReadOnlyMemory<byte> body, bool isCut, HttpContentHeaders headers)
    {
        Body = body;
        IsCut = isCut;
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                Headers.TryAddWithoutValidation(name, values);
        }
    }

    public ReadOnlyMemory<byte> Body { get; }

    public bool IsCut { get; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Body).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = Body.Length;
        return true;
    }
}
