namespace Courier.Answers;

/// <summary>Compressed bytes on their way to a decompressor; notes when it asks for more than there are.</summary>
/// <param name="beyond">How many bytes are made up, once, for whoever asks past the end; they are 0xFF, which begins no gzip member and no block of deflate.</param>
internal sealed class CompressedInput(Stream source, int beyond) : ReadOnlyStream
{
    private byte? _first;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>How often more was asked for than there is.</summary>
    public int AskedPastEnd { get; private set; }

    /// <summary>The first byte, which stays to be read; null when there is none.</summary>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellationToken)
    {
        byte[] one = new byte[1];
        if (_first is null && await source.ReadAsync(one, cancellationToken) == 1)
            (_first, IsEmpty) = (one[0], false);
        return _first;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_first is { } first)
        {
            buffer.Span[0] = first;
            _first = null;
            return 1;
        }

        int read = AskedPastEnd > 0 ? 0 : await source.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.IsEmpty)
        {
            IsEmpty &= read == 0;
            return read;
        }

        if (++AskedPastEnd > 1)
            return 0;
        Memory<byte> madeUp = buffer[..Math.Min(beyond, buffer.Length)];
        madeUp.Span.Fill(0xFF);
        return madeUp.Length;
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
