using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Courier.Messages;

/// <summary>A message's text as JSON bytes: raw or Base64, with or without a byte order mark.</summary>
internal static class MessageText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> text)
    {
        ReadOnlyMemory<byte> raw = Trim(text);
        if (raw.IsEmpty || raw.Span[0] is (byte)'{' or (byte)'[')
            return raw;

        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(raw.Length)];
        // Words without punctuation pass for Base64, but not for the Base64 of text.
        return Base64.DecodeFromUtf8(raw.Span, decoded, out _, out int length) == OperationStatus.Done && Utf8.IsValid(decoded.AsSpan(0, length))
            ? Trim(decoded.AsMemory(0, length))
            : raw;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith(ByteOrderMark))
            text = text[ByteOrderMark.Length..];
        return text.Trim(" \t\r\n"u8);
    }
}
