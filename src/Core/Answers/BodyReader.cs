using System.Net.Http.Headers;

namespace Courier.Answers;

/// <summary>
/// Reads the body of an answer whole. It throws for nothing: once a status has come, whatever becomes of the body, what came of it is
/// evidence, with a sentence that says why there is no more.
/// </summary>
internal readonly struct BodyReader(HttpContent content, int limit)
{
    /// <summary>So much is kept of a body that is too long: nobody gets it as a result, and no record shows more.</summary>
    public const int Evidence = 64 * 1024;

    private const string AsksForTooMuch = "Its compression asks for more memory than a body is given.";

    public async ValueTask<ReadBody> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using Stream raw = await content.ReadAsStreamAsync(cancellationToken);
            if (!content.Headers.NonValidated.TryGetValues("Content-Encoding", out HeaderStringValues codings))
                return await ReadAsync(raw, content.Headers.ContentLength > limit ? Math.Min(limit, Evidence) : limit, isEncoded: false, cancellationToken);

            RecordedInput input = new(raw);
            await using Stream? plain = ContentCodings.Undo(string.Join(',', codings), input);
            ReadBody read = await ReadAsync(plain ?? raw, limit, isEncoded: plain is null, cancellationToken);
            if (read.Incomplete is null)
                return read;
            if (read.Incomplete == AsksForTooMuch && input.TryRewind())
                return await ReadAsync(input, limit, isEncoded: true, cancellationToken); // like a coding that is not known
            await input.ReadOnAsync(cancellationToken);
            return input.Text is { } text ? read with { Bytes = text } : read;
        }
        catch (Exception e)
        {
            return new ReadBody(default, false, Describe(e), false);
        }
    }

    private static async ValueTask<ReadBody> ReadAsync(Stream stream, int limit, bool isEncoded, CancellationToken cancellationToken)
    {
        using BodyPieces body = new();
        string? incomplete = null;
        try
        {
            int read;
            while (body.Length <= limit && (read = await stream.ReadAsync(body.Free(), cancellationToken)) > 0)
                body.Advance(read);
        }
        catch (Exception e)
        {
            incomplete = Describe(e);
        }

        return body.Length > limit ? new ReadBody(body.First(Math.Min(limit, Evidence)), true, null, isEncoded) : new ReadBody(body.First(body.Length), false, incomplete, isEncoded);
    }

    private static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException => "It had not come to its end in time.",
        TooLargeWindowException => AsksForTooMuch,
        EndOfStreamException => "Its compressed form ends early.",
        InvalidDataException => "It is damaged, or not in the encoding that its Content-Encoding names.",
        HttpRequestException or IOException => "The connection broke before its end.",
        _ => $"Reading it failed unexpectedly ({failure.GetType().Name}).",
    };
}
