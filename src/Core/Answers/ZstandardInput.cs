using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Courier.Answers;

/// <summary>zstd (RFC 8878), by ZstdSharp, which knows the end of a frame; .NET 10 has none.</summary>
internal sealed class ZstandardInput : ReadOnlyStream
{
    /// <summary>8 MiB: what RFC 9659 allows a server to ask of its client's memory.</summary>
    private const int LargestWindowLog = 23;

    private readonly CompressedInput _input;
    private readonly DecompressionStream _decompressed;

    public ZstandardInput(Stream source)
    {
        _input = new CompressedInput(source, beyond: 0);
        _decompressed = new DecompressionStream(_input);
        _decompressed.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowLog);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_input.IsEmpty && await _input.PeekAsync(cancellationToken) is null)
            return 0;
        try
        {
            return await _decompressed.ReadAsync(buffer, cancellationToken);
        }
        catch (ZstdException e) when (e.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            throw new TooLargeWindowException(e);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("The body is not what its encoding zstd says.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _decompressed.Dispose();
        _input.Dispose();
        base.Dispose(disposing);
    }
}
