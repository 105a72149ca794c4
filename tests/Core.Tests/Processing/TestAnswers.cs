using System.Net;
using System.Text;
using Courier.Contracts;

namespace Courier.Tests.Processing;

/// <summary>Answers of the API with a body and headers.</summary>
internal static class TestAnswers
{
    public static StubApi Always(int status, string body = "", string? contentType = "application/json", params (string Name, string Value)[] headers) =>
        new((_, _) => Task.FromResult(Create(status, Encoding.UTF8.GetBytes(body), contentType, headers)));

    public static StubApi Always(int status, byte[] body, string? contentType) => new((_, _) => Task.FromResult(Create(status, body, contentType)));

    /// <summary>One after the other; a call beyond the last fails.</summary>
    public static StubApi InTurn(params HttpResponseMessage[] answers)
    {
        Queue<HttpResponseMessage> left = new(answers);
        return new StubApi((request, _) => Task.FromResult(left.TryDequeue(out HttpResponseMessage? answer)
            ? answer : throw new InvalidOperationException($"Unplanned call: {request.Method} {request.RequestUri}")));
    }

    public static HttpResponseMessage Create(int status, string body = "", params (string Name, string Value)[] headers) =>
        Create(status, Encoding.UTF8.GetBytes(body), "application/json", headers);

    private static HttpResponseMessage Create(int status, byte[] body, string? contentType, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
            Assert.True(response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        foreach ((string name, string value) in headers)
            Assert.True(response.Headers.TryAddWithoutValidation(name, value));
        return response;
    }
}
