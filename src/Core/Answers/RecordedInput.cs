using System.Text.Unicode;

namespace Courier.Answers;

/// <summary>Remembers the beginning of a body as it came, for one that is labelled as compressed and is not, or will not be undone.</summary>
internal sealed class RecordedInput(Stream source) : ReadOnlyStream
{
    private const int Longest = 64 * 1024;

    /// <summary>Fewer bytes look like text by chance.</summary>
    private const int Shortest = 4;

    private readonly MemoryStream _beginning = new();
    private long _read;
    private int _again;

    /// <summary>What came, if it can be read as it is; null when it really is compressed.</summary>
    public ReadOnlyMemory<byte>? Text
    {
        get
        {
            ReadOnlyMemory<byte> came = _beginning.GetBuffer().AsMemory(0, (int)_beginning.Length);
            return IsText(came.Span) ? came : (ReadOnlyMemory<byte>?)null; // a plain null would be an empty text
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_again > 0)
            return Repeat(buffer.Span);
        int read = await source.ReadAsync(buffer, cancellationToken);
        _read += read;
        _beginning.Write(buffer.Span[..Math.Min(read, Longest - (int)_beginning.Length)]);
        return read;
    }

    /// <summary>Begins anew, if all that was read is remembered.</summary>
    public bool TryRewind()
    {
        if (_read > _beginning.Length)
            return false;
        _again = (int)_read;
        return true;
    }

    /// <summary>Reads the rest of the beginning, of which a decompressor saw enough to refuse it.</summary>
    public async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        byte[] chunk = new byte[4096];
        try
        {
            while (_beginning.Length < Longest && await ReadAsync(chunk, cancellationToken) > 0)
            {
            }
        }
        catch (Exception)
        {
            // what came is what there is
        }
    }

    private int Repeat(Span<byte> buffer)
    {
        ReadOnlySpan<byte> left = _beginning.GetBuffer().AsSpan((int)_beginning.Length - _again, Math.Min(_again, buffer.Length));
        left.CopyTo(buffer);
        _again -= left.Length;
        return left.Length;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Shortest && Utf8.IsValid(bytes) && !bytes.ContainsAnyInRange((byte)0, (byte)8) && !bytes.ContainsAnyInRange((byte)14, (byte)31);

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
