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
        using MemoryStream body = new((int)Math.Min(content.Headers.ContentLength ?? 0, Math.Min(limit, MostReserved)));
        try
        {
            await using Stream raw = await content.ReadAsStreamAsync(cancellationToken);
            if (!content.Headers.NonValidated.TryGetValues("Content-Encoding", out HeaderStringValues codings))
                return await ReadAsync(raw, body, isEncoded: false, cancellationToken);

            RecordedInput input = new(raw);
            await using Stream? plain = ContentCodings.Undo(string.Join(',', codings), input);
            ReadBody read = await ReadAsync(plain ?? raw, body, isEncoded: plain is null, cancellationToken);
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

    private async ValueTask<ReadBody> ReadAsync(Stream stream, MemoryStream body, bool isEncoded, CancellationToken cancellationToken)
    {
        string? incomplete = null;
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            int read;
            while (body.Length <= limit && (read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
                body.Write(chunk, 0, read);
        }
        catch (Exception e)
        {
            incomplete = Describe(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        ReadOnlyMemory<byte> bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        return bytes.Length > limit ? new ReadBody(bytes[..limit], true, null, isEncoded) : new ReadBody(bytes, false, incomplete, isEncoded);
    }

    private static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException => "It had not come to its end in time.",
        EndOfStreamException => "Its compressed form ends early.",
        InvalidDataException => "It is damaged, or not in the encoding that its Content-Encoding names.",
        HttpRequestException or IOException => "The connection broke before its end.",
        _ => $"Reading it failed unexpectedly ({failure.GetType().Name}).",
    };
}
