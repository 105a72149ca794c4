using System.Diagnostics;
using System.Runtime.CompilerServices;
using Courier.Api;
using Courier.Origin;
using Courier.Pacing;
using Courier.Quota;
using Microsoft.Extensions.Options;

namespace Courier.Operations.Examination;

/// <summary>Calls <c>Api:ProbePath</c> once, charged to the quota like any call: what fails on the way (the host's name, TLS, the network) and what comes back say the rest.</summary>
public sealed class ApiExamination(ApiProbe probe, ErrorGuide guide, IOptions<ApiOptions> api, IOptions<QuotaOptions> quota)
{
    private const string Key = "API key";
    private const string Answers = "API";

    public async IAsyncEnumerable<Diagnosis> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call call = await probe.CallAsync(cancellationToken);
        yield return OfCall(call);
        if (call.Result.Response is not { } answer)
            yield break;
        yield return OfKey(call.Result);
        yield return RateLimitHeaders.Left(answer, quota.Value) is { } left
            ? Diagnosis.Good("API quota", $"The API says that {left} calls are left.")
            : Diagnosis.Good("API quota", $"The API does not say how many calls are left: Courier counts by itself, up to Quota:Limit ({quota.Value.Limit}) in {quota.Value.Window}.");
    }

    private Diagnosis OfCall(Call call) => call.Result switch
    {
        CallResult.Unreachable unreachable => Diagnosis.Bad(
            Answers, $"No answer from {api.Value.BaseUrl}: {unreachable.Why}", "Check Api:BaseUrl (a misspelt host is not found, a wrong one has another certificate), this machine's DNS, and the firewalls between.", StatusPage),
        CallResult.CircuitOpen => Diagnosis.Doubtful(Answers, "Not called: the calls before have failed.", StatusPage),
        CallResult.ServerError { Answer.Status: var status } => Diagnosis.Bad(Answers, $"It answers {status}: {guide.For(status).Cause}", guide.For(status).Remedies),
        { Response: { } answer } => Diagnosis.Good(Answers, $"{api.Value.BaseUrl} answers {answer.Status} to GET {api.Value.ProbePath} in {call.Duration.TotalMilliseconds:0} ms."),
        _ => throw new UnreachableException(),
    };

    private Diagnosis OfKey(CallResult result) => result switch
    {
        CallResult.Succeeded or CallResult.Unreadable => Diagnosis.Good(Key, "The API accepts it."),
        CallResult.Unauthorized => Diagnosis.Bad(Key, guide.For(401).Cause, guide.For(401).Remedies),
        CallResult.RateLimited => Diagnosis.Doubtful(Key, guide.For(429).Cause, "Nothing to do: calls wait until the quota has room. Whether the key is accepted shows then."),
        { Response.Status: 403 } => Diagnosis.Doubtful(Key, $"It is known, but may not GET {api.Value.ProbePath}.", "Set Api:ProbePath to a path that every valid key may GET: by it a refused key is told from a refused resource."),
        { Response.Status: var status } => Diagnosis.Doubtful(
            Key, $"{status} proves nothing about it.", $"Set Api:ProbePath ({api.Value.ProbePath}) to a path that answers 2xx to a valid key, and to no other."),
        _ => throw new UnreachableException(),
    };

    private string StatusPage => api.Value.StatusPageUrl is { } page ? $"Look at the API's status page, {page}." : "Look at the API's status page.";
}
