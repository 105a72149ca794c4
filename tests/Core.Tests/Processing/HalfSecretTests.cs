using System.Net;
using System.Text;
using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Processing;

/// <summary>Where a text is cut, by whoever it is, no half of the key is left; and none is hidden by another charset.</summary>
public sealed class HalfSecretTests
{
    private const string Key = TestCourier.Key;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_that_is_cut_within_the_key_leaves_no_half_of_it()
    {
        string body = new string('a', 1024 - Key.Length + 1) + Key + "bbbb"; // all but the last character of the key is kept
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, body, "text/plain"), settings: [new("Api:MaxResponseBytes", "1024")]);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        await courier.HasNowhereAsync(Key[..^1]);
    }

    [Fact]
    public async Task Long_body_of_blanks_leaves_no_half_of_the_key_in_the_message()
    {
        string body = new string(' ', (64 * 1024) - Key.Length + 1) + Key + new string('b', 9 * 1024 * 1024);
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, body, "text/plain"));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        await courier.HasNowhereAsync(Key[..^1]);
    }

    [Fact]
    public async Task Body_whose_connection_breaks_within_the_key_leaves_no_half_of_it()
    {
        StubApi api = new((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(new Breaking(Encoding.UTF8.GetBytes("invalid token " + Key[..^1]))) }));
        await using TestCourier courier = TestCourier.Create(api);
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        await courier.HasNowhereAsync(Key[..^1]);
    }

    [Fact]
    public async Task Path_that_is_cut_within_the_key_leaves_no_half_of_it_in_a_label()
    {
        string path = "/" + new string('a', 399 - Key.Length) + Key + "/more";
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(404, "{}"));
        await courier.PostAsync($$"""{"id":"r1","method":"GET","path":"{{path}}"}""");

        await courier.ProcessAsync();

        await courier.HasNowhereAsync(Key[..^1]);
    }

    [Fact]
    public async Task Large_body_in_utf_16_holds_no_key_in_its_blob()
    {
        byte[] body = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"\"{new string('a', 40_000)} {Key}\"")];
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(200, body, "application/json; charset=utf-16"));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        await foreach (string name in courier.Storage.ResultBodies.ListAsync("", Cancelled))
        {
            StoredBlob blob = (await courier.Storage.ResultBodies.ReadAsync(name, Cancelled))!;
            Assert.DoesNotContain(Key, Encoding.Unicode.GetString(blob.Content.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Error_in_utf_16_is_cut_after_the_key_was_taken_out()
    {
        byte[] body = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(new string('a', 1000 - Key.Length + 1) + Key + "bbbb")];
        await using TestCourier courier = TestCourier.Create(TestAnswers.Always(400, body, "text/plain; charset=utf-16"));
        await courier.PostAsync("""{"id":"r1","method":"GET","path":"/x"}""");

        await courier.ProcessAsync();

        await courier.HasNowhereAsync(Key[..^1]);
    }

    private sealed class Breaking(byte[] text) : Stream
    {
        private bool _isRead;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isRead)
                throw new IOException("reset");
            _isRead = true;
            text.CopyTo(buffer.Span);
            return ValueTask.FromResult(text.Length);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_isRead)
                throw new IOException("reset");
            _isRead = true;
            text.CopyTo(buffer, offset);
            return text.Length;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
