using System.IO.Compression;

namespace Courier.Answers;

/// <summary>
/// gzip (all its members) and deflate (with zlib's frame or without). .NET's own streams end quietly where a body is cut short,
/// so what they ask of their input tells whether they had reached the end: a finished one asks for nothing, or, for gzip, for one member more.
/// </summary>
internal sealed class InflatingStream(Stream source, bool isGzip) : ReadOnlyStream
{
    private readonly CompressedInput _input = new(source, beyond: isGzip ? 64 : 0);
    private Stream? _inflated;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_inflated is null && await _input.PeekAsync(cancellationToken) is null)
            return 0; // nothing at all is an empty body
        _inflated ??= await OpenAsync(cancellationToken);
        try
        {
            int read = await _inflated.ReadAsync(buffer, cancellationToken);
            if (_input.AskedPastEnd == 0 || (isGzip && _input.AskedPastEnd == 1 && read == 0))
                return read;
        }
        catch (InvalidDataException) when (_input.AskedPastEnd > 0)
        {
            // by the bytes that were made up
        }

        throw new EndOfStreamException("The compressed body ends early.");
    }

    protected override void Dispose(bool disposing)
    {
        _inflated?.Dispose();
        _input.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => isGzip
        ? new GZipStream(_input, CompressionMode.Decompress)
        : (await _input.PeekAsync(cancellationToken) & 0x0F) == 8 // the name of its method in zlib's frame; some servers leave the frame out
            ? new ZLibStream(_input, CompressionMode.Decompress)
            : new DeflateStream(_input, CompressionMode.Decompress);
}
