using System.Net;
using System.Net.Http.Headers;

namespace Courier.Answers;

/// <summary>A response body that has been read already.</summary>
internal sealed class ResponseContent : HttpContent
{
    public ResponseContent(ReadBody body, HttpContentHeaders headers)
    {
        Body = body;
        bool isPlain = body is { IsEncoded: false, Incomplete: null };
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !(isPlain && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)))
                Headers.TryAddWithoutValidation(name, values);
        }
    }

    public ReadBody Body { get; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Body.Bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = Body.Bytes.Length;
        return true;
    }
}
