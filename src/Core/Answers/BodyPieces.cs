using System.Buffers;

namespace Courier.Answers;

/// <summary>
/// A body as it comes, in lent pieces, most in a single one: two dozen long bodies at a time would otherwise leave behind large arrays, each outgrown
/// by the next.
/// </summary>
internal sealed class BodyPieces : IDisposable
{
    private const int Size = 64 * 1024;

    private byte[] _last = ArrayPool<byte>.Shared.Rent(Size);
    private List<byte[]>? _before;

    public int Length { get; private set; }

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Free()
    {
        int used = Length - ((_before?.Count ?? 0) * Size);
        if (used == Size)
        {
            (_before ??= []).Add(_last);
            (_last, used) = (ArrayPool<byte>.Shared.Rent(Size), 0);
        }

        return _last.AsMemory(used, Size - used);
    }

    public void Advance(int count) => Length += count;

    /// <summary>A copy of so much of its beginning.</summary>
    public byte[] First(int length)
    {
        byte[] first = GC.AllocateUninitializedArray<byte>(length);
        int at = 0;
        foreach (byte[] piece in _before ?? [])
        {
            int count = Math.Min(Size, length - at);
            piece.AsSpan(0, count).CopyTo(first.AsSpan(at));
            at += count;
        }

        _last.AsSpan(0, Math.Min(Size, length - at)).CopyTo(first.AsSpan(at));
        return first;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_last);
        foreach (byte[] piece in _before ?? [])
            ArrayPool<byte>.Shared.Return(piece);
    }
}
