using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Courier.Api;
using Courier.Resilience;

namespace Courier.Tests.Resilience;

/// <summary>What real connections prove about a request that got no answer.</summary>
public sealed class RequestFateTests
{
    public static TheoryData<string, string?> Requests { get; } = new() { { "POST", "{}" }, { "POST", null }, { "GET", null }, { "DELETE", null } };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Refused_connection_proves_that_nothing_was_sent(string method, string? body)
    {
        using Socket reserved = new(SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // and nobody listens
        using LoopbackClient client = new(new Uri($"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}"));

        CallResult result = await client.CallAsync(method, body: body);

        Assert.Equal(new CallResult.Unreachable("The connection to the API could not be opened.", RequestFate.NotSent), result);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Host_without_address_proves_that_nothing_was_sent(string method, string? body)
    {
        using LoopbackClient client = new(new Uri("https://api.invalid")); // RFC 6761: no such name exists

        CallResult result = await client.CallAsync(method, body: body);

        Assert.Equal(new CallResult.Unreachable("The API's host name could not be resolved (DNS).", RequestFate.NotSent), result);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Handshake_with_something_that_speaks_no_tls_proves_that_nothing_was_sent(string method, string? body)
    {
        await using RawServer server = new(stream => stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()).AsTask());
        using LoopbackClient client = new(new Uri($"https://127.0.0.1:{server.Port}"));

        AssertTlsFailed(await client.CallAsync(method, body: body));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Handshake_that_breaks_off_proves_that_nothing_was_sent(string method, string? body)
    {
        await using RawServer server = new(async stream => await stream.ReadAtLeastAsync(new byte[1], 1));
        using LoopbackClient client = new(new Uri($"https://127.0.0.1:{server.Port}"));

        AssertTlsFailed(await client.CallAsync(method, body: body));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Certificate_that_nobody_trusts_proves_that_nothing_was_sent(string method, string? body)
    {
        using X509Certificate2 certificate = SelfSigned();
        await using RawServer server = new(async stream =>
        {
            await using SslStream tls = new(stream);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, TestContext.Current.CancellationToken);
                Assert.NotEqual(0, await tls.ReadAsync(new byte[1], TestContext.Current.CancellationToken)); // the client goes without a word
            });
        });
        using LoopbackClient client = new(new Uri($"https://localhost:{server.Port}"));

        AssertTlsFailed(await client.CallAsync(method, body: body));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_that_was_read_may_have_been_carried_out(string method, string? body)
    {
        await using RawServer server = new(stream => RawServer.ReadRequestAsync(stream));
        using LoopbackClient client = new(new Uri($"http://127.0.0.1:{server.Port}"));

        CallResult result = await client.CallAsync(method, body: body);

        Assert.Equal(new CallResult.Unreachable("The connection broke before the whole answer had come.", RequestFate.Unknown), result);
    }

    [Theory]
    [InlineData("POST", "{}", null)]
    [InlineData("POST", null, null)]
    [InlineData("DELETE", null, false)]
    [InlineData("GET", null, false)]
    public async Task Request_that_must_not_be_repeated_is_not_sent_again_by_the_connection_pool(string method, string? body, bool? idempotent)
    {
        await using RawServer server = new(async stream =>
        {
            await RawServer.ReadRequestAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await RawServer.ReadRequestAsync(stream);
        });
        using LoopbackClient client = new(new Uri($"http://127.0.0.1:{server.Port}"));

        CallResult first = await client.CallAsync(method, body: body, idempotent: idempotent);
        CallResult second = await client.CallAsync(method, body: body, idempotent: idempotent);

        Assert.IsType<CallResult.Succeeded>(first);
        Assert.Equal(RequestFate.Unknown, Assert.IsType<CallResult.Unreachable>(second).Fate);
        Assert.Equal(1, server.Connections);
    }

    private static void AssertTlsFailed(CallResult result) =>
        Assert.Equal(new CallResult.Unreachable("No secure connection: the TLS handshake with the API failed.", RequestFate.NotSent), result);

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset today = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(today.AddDays(-1), today.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null); // Windows serves none whose key is in memory only
    }
}
