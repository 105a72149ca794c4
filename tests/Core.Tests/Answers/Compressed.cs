using System.IO.Compression;
using ZstdSharp;

namespace Courier.Tests.Answers;

/// <summary>Bodies in the codings of the web.</summary>
internal static class Compressed
{
    public static readonly string[] Codings = ["gzip", "x-gzip", "deflate", "br", "zstd"];

    public static byte[] As(string coding, byte[] body)
    {
        if (coding == "zstd")
        {
            using Compressor compressor = new();
            compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            return compressor.Wrap(body).ToArray();
        }

        using MemoryStream compressed = new();
        using (Stream stream = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(compressed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Fastest),
            "raw deflate" => new DeflateStream(compressed, CompressionLevel.Fastest),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest),
            _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, null),
        })
            stream.Write(body);
        return compressed.ToArray();
    }

    /// <summary>With a window of this size, whatever the body's.</summary>
    public static byte[] As(string coding, byte[] body, int windowLog)
    {
        if (coding == "br")
        {
            byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
            Assert.True(BrotliEncoder.TryCompress(body, packed, out int length, quality: 5, windowLog));
            return packed[..length];
        }

        using MemoryStream compressed = new();
        using (CompressionStream zstd = new(compressed, leaveOpen: true))
        {
            zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, windowLog);
            zstd.Write(body);
        }

        return compressed.ToArray();
    }
}
