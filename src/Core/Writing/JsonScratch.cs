using System.Buffers;
using System.Text.Json;

namespace Courier.Writing;

/// <summary>A writer and its buffer, one kept by each thread: most documents are written into memory that is there already.</summary>
internal sealed class JsonScratch
{
    /// <summary>A buffer that a long document has stretched is not kept.</summary>
    private const int LongestKept = 64 * 1024;

    [ThreadStatic]
    private static JsonScratch? t_free;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private JsonScratch(JsonWriterOptions options) => Writer = new Utf8JsonWriter(_buffer, options);

    public Utf8JsonWriter Writer { get; }

    public ReadOnlySpan<byte> Written
    {
        get
        {
            Writer.Flush();
            return _buffer.WrittenSpan;
        }
    }

    /// <summary>While it is taken, whoever writes a document within the document gets another.</summary>
    public static JsonScratch Take(JsonWriterOptions options)
    {
        JsonScratch scratch = t_free ?? new JsonScratch(options);
        t_free = null;
        return scratch;
    }

    public void GiveBack()
    {
        _buffer.ResetWrittenCount();
        Writer.Reset();
        if (_buffer.Capacity <= LongestKept)
            t_free = this;
    }
}
