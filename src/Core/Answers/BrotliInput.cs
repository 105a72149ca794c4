using System.Buffers;
using System.IO.Compression;

namespace Courier.Answers;

/// <summary>br (RFC 7932), as far as it asks for 4 MiB of memory, which is what its tools ask for unless told otherwise; the format allows 16.</summary>
internal sealed class BrotliInput(Stream source) : ReadOnlyStream
{
    private const int LargestWindowLog = 22;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private ReadOnlyMemory<byte> _input;
    private BrotliDecoder _decoder;
    private bool _hasBegun;
    private bool _isDone;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isDone)
        {
            OperationStatus status = _decoder.Decompress(_input.Span, buffer.Span, out int consumed, out int written);
            _input = _input[consumed..];
            _isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData)
                throw new InvalidDataException("The body is not what its encoding br says.");
            if (written > 0 || buffer.IsEmpty)
                return written;
            if (status == OperationStatus.NeedMoreData && !await FillAsync(cancellationToken))
                return _hasBegun ? throw new EndOfStreamException("The compressed body ends early.") : 0;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _decoder.Dispose();
        source.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        int read = await source.ReadAsync(_buffer, cancellationToken);
        _input = _buffer.AsMemory(0, read);
        if (!_hasBegun && read > 0 && WindowLog(_buffer[0]) > LargestWindowLog)
            throw new TooLargeWindowException();
        _hasBegun |= read > 0;
        return read > 0;
    }

    /// <summary>Of a stream that begins so (RFC 7932, 9.1), where it is 18 or more.</summary>
    private static int WindowLog(byte first) => (first & 1) == 1 && (first >> 1 & 7) is > 0 and var n ? 17 + n : 0;
}
