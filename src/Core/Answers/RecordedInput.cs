using System.Text.Unicode;

namespace Courier.Answers;

/// <summary>Remembers the beginning of a body as it came, for one that is labelled as compressed and is not.</summary>
internal sealed class RecordedInput(Stream source) : ReadOnlyStream
{
    private const int Longest = 64 * 1024;

    private readonly MemoryStream _beginning = new();

    /// <summary>What came, if it can be read as it is; null when it really is compressed.</summary>
    public ReadOnlyMemory<byte>? Text
    {
        get
        {
            ReadOnlyMemory<byte> came = _beginning.GetBuffer().AsMemory(0, (int)_beginning.Length);
            return came.Length > 0 && Utf8.IsValid(came.Span) && came.Span.IndexOfAnyInRange((byte)0, (byte)8) < 0 ? came : null;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await source.ReadAsync(buffer, cancellationToken);
        _beginning.Write(buffer.Span[..Math.Min(read, Longest - (int)_beginning.Length)]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
