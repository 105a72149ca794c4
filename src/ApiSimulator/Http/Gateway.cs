using System.Globalization;
using Courier.ApiSimulator.Control;
using Courier.ApiSimulator.Faults;
using Courier.ApiSimulator.Quota;
using Courier.ApiSimulator.Requests;
using Courier.ApiSimulator.Resources;
using Microsoft.AspNetCore.Http;

namespace Courier.ApiSimulator.Http;

/// <summary>What a call passes: the log, the faults, the key, the quota, then the API. Control and status page stand beside it.</summary>
internal sealed class Gateway
{
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly RollingQuota _quota;
    private readonly Api _api;
    private readonly ControlPlane _control;

    public Gateway(SimulatorOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _quota = new(options.QuotaLimit, options.QuotaWindow);
        _api = new(options.Companies);
        Log = new(options.MaxLoggedRequests);
        _control = new(Faults, Log, new StatusPage(time));
    }

    public FaultScript Faults { get; } = new();

    public RequestLog Log { get; }

    public Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-request-id"] = context.TraceIdentifier;
        return ControlPlane.Owns(context.Request.Path) ? ControlAsync(context) : ServeAsync(context);
    }

    private async Task ControlAsync(HttpContext context)
    {
        Call call = await Call.ReadAsync(context.Request);
        await Handle(_control.Handle, call).WriteAsync(context.Response);
    }

    private async Task ServeAsync(HttpContext context)
    {
        LoggedRequest entry = Log.Add(Arrival(context.Request));
        Call call = await Call.ReadAsync(context.Request);
        Fault? fault = Faults.Take(call.Method, call.Target);
        Answer? scripted = Scripted(fault, entry.At);
        Answer? refusal = scripted is null ? Admit(call, entry.At) : null;
        entry = entry with { Fault = fault?.Match, Refused = refusal?.Status == 429 };
        Log.Replace(entry);

        if (fault?.Delay is { } delay)
            await Task.Delay(delay, _time, context.RequestAborted);

        Answer answer = scripted ?? refusal ?? Handle(_api.Handle, call);
        answer = fault is null ? answer : answer.With(FaultRules.Headers(fault));

        // The log is complete before the client can know the answer.
        Log.Replace(entry with { Status = answer.Status });
        await answer.WriteAsync(context.Response);
    }

    private LoggedRequest Arrival(HttpRequest request) => new()
    {
        At = _time.GetUtcNow(),
        Method = request.Method,
        Path = Call.TargetOf(request),
        Id = request.Headers["Idempotency-Key"],
    };

    /// <summary>A scripted answer counts against the quota as any other, but no quota can stop it.</summary>
    private Answer? Scripted(Fault? fault, DateTimeOffset now)
    {
        Answer? answer = ScriptedAnswer.To(fault);
        if (answer is not null and not { Status: 429 })
            _quota.Take(now);
        return answer;
    }

    private Answer? Admit(Call call, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(call.Authorization))
            return Answer.Error(401, "The API key is missing: send the header \"Authorization: Token <key>\".");
        if (call.Authorization != $"Token {_options.Key}")
            return Answer.Error(401, "The API key is not known or was revoked, or the header does not read \"Authorization: Token <key>\".");
        return _quota.Take(now) is { } wait ? TooMany(Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)) : null;
    }

    private Answer TooMany(string seconds) => Answer
        .Error(429, $"The quota of {_options.QuotaLimit} calls in {_options.QuotaWindow} is used up; retry after {seconds} s.")
        .With("Retry-After", seconds);

    private static Answer Handle(Func<Call, Answer> handler, Call call)
    {
        try
        {
            return handler(call);
        }
        catch (FormatException problem)
        {
            return Answer.Error(400, problem.Message);
        }
    }
}
