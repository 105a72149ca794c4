using System.Buffers;
using System.Net.Http.Headers;

namespace Courier.Answers;

/// <summary>
/// Reads the body of an answer whole. It throws for nothing: once a status has come, whatever becomes of the body, what came of it is
/// evidence, with a sentence that says why there is no more.
/// </summary>
internal readonly struct BodyReader(HttpContent content, int limit)
{
    private const int ChunkSize = 16 * 1024;

    /// <summary>What an answer's Content-Length may claim in memory before a byte of the body has come.</summary>
    private const int MostReserved = 1024 * 1024;

    public async ValueTask<ReadBody> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using Stream raw = await content.ReadAsStreamAsync(cancellationToken);
            if (!content.Headers.NonValidated.TryGetValues("Content-Encoding", out HeaderStringValues codings))
                return await ReadAsync(raw, isEncoded: false, cancellationToken);

            RecordedInput input = new(raw);
            await using Stream? plain = ContentCodings.Undo(string.Join(',', codings), input);
            ReadBody read = await ReadAsync(plain ?? raw, isEncoded: plain is null, cancellationToken);
            if (read.Incomplete is null)
                return read;
            await input.ReadOnAsync(cancellationToken);
            return input.Text is { } text ? read with { Bytes = text } : read;
        }
        catch (Exception e)
        {
            return new ReadBody(default, false, Describe(e), false);
        }
    }

    /// <summary>Most bodies fit into one chunk: a stream is only made for a longer one.</summary>
    private async ValueTask<ReadBody> ReadAsync(Stream stream, bool isEncoded, CancellationToken cancellationToken)
    {
        string? incomplete = null;
        MemoryStream? before = null;
        int length = 0;
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            try
            {
                int read;
                while ((before?.Length ?? 0) + length <= limit && (read = await stream.ReadAsync(chunk.AsMemory(length), cancellationToken)) > 0)
                {
                    length += read;
                    if (length < chunk.Length)
                        continue;
                    before ??= Reserve();
                    before.Write(chunk);
                    length = 0;
                }
            }
            catch (Exception e)
            {
                incomplete = Describe(e);
            }

            before?.Write(chunk, 0, length);
            ReadOnlyMemory<byte> bytes = before is null ? chunk.AsSpan(0, length).ToArray() : before.GetBuffer().AsMemory(0, (int)before.Length);
            return bytes.Length > limit ? new ReadBody(bytes[..limit], true, null, isEncoded) : new ReadBody(bytes, false, incomplete, isEncoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private MemoryStream Reserve() => new((int)Math.Min(content.Headers.ContentLength ?? 0, Math.Min(limit, MostReserved)));

    private static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException => "It had not come to its end in time.",
        EndOfStreamException => "Its compressed form ends early.",
        InvalidDataException => "It is damaged, or not in the encoding that its Content-Encoding names.",
        HttpRequestException or IOException => "The connection broke before its end.",
        _ => $"Reading it failed unexpectedly ({failure.GetType().Name}).",
    };
}
