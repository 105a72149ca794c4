using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Courier.Api;
using Courier.Contracts;
using Courier.Messages;
using Courier.Routing;
using Courier.Tests.Messages;
using Polly.CircuitBreaker;

namespace Courier.Tests.Routing;

/// <summary>The contract's table "What becomes of a request", line by line: from the API's answer to the disposition.</summary>
public sealed class OutcomeTableTests
{
    [Theory]
    // answer                                      request             disposition
    [InlineData("200", "GET", "complete")]
    [InlineData("201", "POST", "complete")]
    [InlineData("204", "DELETE", "complete")]
    [InlineData("299", "GET", "complete")]
    [InlineData("300", "GET", "dead-letter redirected")]
    [InlineData("301", "GET", "dead-letter redirected")]
    [InlineData("399", "GET", "dead-letter redirected")]
    [InlineData("302", "GET", "dead-letter redirected")]
    [InlineData("303", "POST", "dead-letter redirected")]
    [InlineData("304", "GET", "dead-letter redirected")]
    [InlineData("307", "POST", "dead-letter redirected")]
    [InlineData("308", "GET", "dead-letter redirected")]
    [InlineData("400", "GET", "dead-letter bad-request")]
    [InlineData("401", "GET", "dead-letter unauthorized")]
    [InlineData("402", "GET", "dead-letter rejected")]
    [InlineData("403", "GET", "dead-letter forbidden")]
    [InlineData("404", "GET", "dead-letter not-found")]
    [InlineData("405", "GET", "dead-letter rejected")]
    [InlineData("406", "GET", "dead-letter rejected")]
    [InlineData("407", "GET", "dead-letter rejected")]
    [InlineData("409", "PUT", "dead-letter rejected")]
    [InlineData("410", "GET", "dead-letter rejected")]
    [InlineData("412", "PUT", "dead-letter rejected")]
    [InlineData("413", "POST", "dead-letter rejected")]
    [InlineData("415", "POST", "dead-letter rejected")]
    [InlineData("418", "GET", "dead-letter rejected")]
    [InlineData("422", "POST", "dead-letter rejected")]
    [InlineData("451", "GET", "dead-letter rejected")]
    [InlineData("499", "GET", "dead-letter rejected")]
    [InlineData("600", "GET", "dead-letter rejected")]
    [InlineData("408", "GET", "after 30 s, an attempt")]
    [InlineData("425", "GET", "after 30 s, an attempt")]
    [InlineData("429", "GET", "after 30 s, no attempt")]
    [InlineData("429", "POST", "after 30 s, no attempt")]
    [InlineData("429 Retry-After: 7", "GET", "after 7.5 s, no attempt")]
    [InlineData("429 Retry-After: 7", "POST", "after 7.5 s, no attempt")]
    [InlineData("429 Retry-After: 0", "GET", "after 0.5 s, no attempt")]
    [InlineData("429 Retry-After: 7200", "GET", "after 7200.5 s, no attempt")]
    [InlineData("429 Retry-After: Thu, 01 Jan 2026 00:01:00 GMT", "GET", "after 60.5 s, no attempt")]
    [InlineData("429 Retry-After: soon", "GET", "after 30 s, no attempt")]
    [InlineData("429 Retry-After: -5", "GET", "after 30 s, no attempt")]
    [InlineData("500", "GET", "after 30 s, an attempt")]
    [InlineData("500", "POST", "after 30 s, an attempt")]
    [InlineData("501", "GET", "after 30 s, an attempt")]
    [InlineData("502", "PATCH", "after 30 s, an attempt")]
    [InlineData("503", "GET", "after 30 s, an attempt")]
    [InlineData("503 Retry-After: 90", "GET", "after 90.5 s, an attempt")]
    [InlineData("503 Retry-After: 9", "GET", "after 30 s, an attempt")]
    [InlineData("503 Retry-After: soon", "GET", "after 30 s, an attempt")]
    [InlineData("504", "POST", "after 30 s, an attempt")]
    [InlineData("599", "GET", "after 30 s, an attempt")]
    [InlineData("nothing, perhaps sent", "GET", "after 30 s, an attempt")]
    [InlineData("nothing, perhaps sent", "PUT", "after 30 s, an attempt")]
    [InlineData("nothing, perhaps sent", "DELETE", "after 30 s, an attempt")]
    [InlineData("nothing, perhaps sent", "POST", "dead-letter outcome-unknown")]
    [InlineData("nothing, perhaps sent", "PATCH", "dead-letter outcome-unknown")]
    [InlineData("nothing, perhaps sent", "POST idempotent", "after 30 s, an attempt")]
    [InlineData("nothing, perhaps sent", "GET not idempotent", "dead-letter outcome-unknown")]
    [InlineData("nothing, not sent", "GET", "after 30 s, an attempt")]
    [InlineData("nothing, not sent", "POST", "after 30 s, an attempt")]
    [InlineData("nothing, not sent", "POST idempotent", "after 30 s, an attempt")]
    [InlineData("nothing, not sent", "GET not idempotent", "after 30 s, an attempt")]
    [InlineData("circuit open for 20 s", "GET", "after 20.5 s, no attempt")]
    [InlineData("circuit open for 20 s", "POST", "after 20.5 s, no attempt")]
    [InlineData("circuit open", "GET", "after 30.5 s, no attempt")]
    [InlineData("body too long", "GET", "dead-letter response-too-large")]
    public async Task Answer_has_its_disposition(string answer, string request, string expected)
    {
        await using TestCourier courier = TestCourier.Create(new Answering(answer), settings: [new("Api:MaxResponseBytes", "1024")]);
        Envelope envelope = CreateEnvelope(request);

        Call call = await courier.Get<ApiClient>().CallAsync(envelope.Request, TestContext.Current.CancellationToken);
        Disposition disposition = courier.Get<RoutingPolicy>().Decide(envelope, call.Result, call.EndedAt);

        Assert.Equal(expected, Text(disposition));
    }

    private static string Text(Disposition disposition) => disposition switch
    {
        Disposition.DeadLetter letter => $"{letter.Name} {letter.Reason.Text()}",
        Disposition.Reschedule later => string.Create(CultureInfo.InvariantCulture, $"after {later.Delay.TotalSeconds} s, {(later.CountsAsAttempt ? "an" : "no")} attempt"),
        _ => disposition.Name,
    };

    private static Envelope CreateEnvelope(string request)
    {
        string[] words = request.Split(' ', 2);
        bool? idempotent = words.Length == 1 ? null : words[1] == "idempotent";
        return TestMessages.CreateEnvelope(method: words[0], idempotent: idempotent);
    }

    /// <summary>Answers as a line of the table says.</summary>
    private sealed class Answering(string answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            switch (answer)
            {
                case "nothing, not sent":
                    throw new HttpRequestException(HttpRequestError.ConnectionError);
                case "nothing, perhaps sent":
                    await (request.Content?.ReadAsByteArrayAsync(cancellationToken) ?? Task.CompletedTask);
                    throw new HttpRequestException(HttpRequestError.ResponseEnded);
                case "circuit open":
                    throw new BrokenCircuitException();
                case "circuit open for 20 s":
                    throw new BrokenCircuitException("open", TimeSpan.FromSeconds(20));
                case "body too long":
                    return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(new string('a', 1025)) };
            }

            string[] words = answer.Split(' ', 3);
            HttpResponseMessage response = new((HttpStatusCode)int.Parse(words[0], CultureInfo.InvariantCulture));
            if (words.Length == 3)
                Assert.True(response.Headers.TryAddWithoutValidation("Retry-After", words[2]));
            return response;
        }
    }
}
