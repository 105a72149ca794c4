using System.Diagnostics;
using System.Runtime.CompilerServices;
using Courier.Api;
using Courier.Configuration;
using Courier.Origin;
using Courier.Pacing;
using Courier.Quota;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Cli.Examination;

/// <summary>Looks at one thing after the other; what cannot be looked at, because something before it is wrong, is left out.</summary>
internal sealed class Doctor(Session session)
{
    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Settings() is { } wrong)
        {
            foreach (string line in wrong)
                yield return new Finding("settings", line, "Correct it, and look again.");
            yield break;
        }

        yield return new Finding("settings", "all are in their bounds.");
        CourierStorage storage = session.Get<CourierStorage>();
        foreach (IMessageQueue queue in new[] { storage.Requests, storage.Poison, storage.Results, storage.DeadLetters, storage.Alerts })
            yield return await TryAsync($"queue {queue.Name}", async () => $"{await queue.CountAsync(cancellationToken)} messages.");
        foreach (IBlobContainer container in new[] { storage.RequestBodies, storage.ResultBodies, storage.DeadLetterRecords, storage.State })
            yield return await TryAsync($"container {container.Name}", () => WriteAsync(container, cancellationToken));
        yield return await ClockAsync(storage, cancellationToken);
        await foreach (Finding finding in ApiAsync(cancellationToken))
            yield return finding;
    }

    private string[]? Settings()
    {
        try
        {
            session.Get<IStartupValidator>().Validate();
            return null;
        }
        catch (Exception e) when (StartupErrors.Describe(e) is { } text)
        {
            return [.. text.Split(Environment.NewLine).Select(line => line.Replace("error: ", "", StringComparison.Ordinal))];
        }
    }

    private static async Task<string> WriteAsync(IBlobContainer container, CancellationToken cancellationToken)
    {
        string blob = $"doctor/{Guid.NewGuid():N}";
        await container.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);
        await container.DeleteAsync(blob, cancellationToken);
        return "a blob can be written and deleted.";
    }

    private static async Task<Finding> TryAsync(string what, Func<Task<string>> look)
    {
        try
        {
            return new Finding(what, await look());
        }
        catch (StorageFailureException e)
        {
            return new Finding(what, e.Problem, e.Remedy ?? "Check that this is the right account and that it can be reached.");
        }
    }

    private async Task<Finding> ClockAsync(CourierStorage storage, CancellationToken cancellationToken)
    {
        try
        {
            string blob = $"doctor/{Guid.NewGuid():N}";
            await storage.State.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);
            DateTimeOffset? served = (await storage.State.ReadAsync(blob, cancellationToken))?.ServedAt;
            await storage.State.DeleteAsync(blob, cancellationToken);
            if (served is not { } at)
                return new Finding("clock", "the storage does not tell its own.");
            TimeSpan skew = session.Time.GetUtcNow() - at;
            return new Finding("clock", $"{skew.TotalSeconds:0} s from the storage's.", skew.Duration() > LedgerStore.MostSkew ? "Set this machine's clock (NTP): an instance here would take no slots." : null);
        }
        catch (StorageFailureException e)
        {
            return new Finding("clock", e.Problem, "It can be compared once the storage answers.");
        }
    }

    private async IAsyncEnumerable<Finding> ApiAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ApiOptions api = session.Get<IOptions<ApiOptions>>().Value;
        string? problem = null;
        try
        {
            await System.Net.Dns.GetHostAddressesAsync(api.BaseUrl!.Host, cancellationToken);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            problem = e.Message;
        }

        yield return new Finding("name", problem ?? $"{api.BaseUrl!.Host} has an address.", problem is null ? null : "Check Api:BaseUrl, and this network's DNS.");
        if (problem is not null)
            yield break;
        if (api.Key == Session.NoKey)
        {
            yield return new Finding("API", "not called: Api:Key is not set here.", "Set Api__Key in the environment to have it tried.", IsHint: true);
            yield break;
        }

        Call call = await session.Get<ApiProbe>().CallAsync(cancellationToken);
        yield return Of(call.Result, api);
        if (call.Result.Response is { } answer)
        {
            string[] limits = [.. answer.Headers.Where(header => header.Key.Contains("ratelimit", StringComparison.OrdinalIgnoreCase) || header.Key.Contains("rate-limit", StringComparison.OrdinalIgnoreCase)).Select(header => $"{header.Key}: {header.Value}")];
            yield return new Finding("rate-limit headers", limits.Length == 0 ? "none: Courier goes by its own count, and by 429." : string.Join(", ", limits));
        }
    }

    private static Finding Of(CallResult result, ApiOptions api) => result switch
    {
        CallResult.Succeeded or CallResult.Unreadable => new Finding("API", $"GET {api.ProbePath} was answered {result.Response?.Status}: the key works."),
        CallResult.Unauthorized => new Finding("API", "401: the key is refused.", "Put a valid key into Api:Key, and check Api:Scheme and Api:KeyHeader."),
        CallResult.RateLimited => new Finding("API", "429: the quota is used up.", "Wait; if that is often so, compare Quota:Limit with what the API allows.", IsHint: true),
        CallResult.Rejected rejected => new Finding("API", $"{rejected.Answer.Status} to GET {api.ProbePath}: the API answers, and the key was not refused.", "Set Api:ProbePath to a path that this key may read.", IsHint: true),
        CallResult.ServerError error => new Finding("API", $"{error.Response?.Status}: it is out of order.", "Look at its status page."),
        CallResult.Unreachable unreachable => new Finding("API", unreachable.Why, "Check Api:BaseUrl, proxy, firewall and certificates."),
        CallResult.CircuitOpen => new Finding("API", "it failed several times in a row.", "Look at its status page."),
        _ => throw new UnreachableException(),
    };
}
