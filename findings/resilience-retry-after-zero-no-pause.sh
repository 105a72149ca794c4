#!/usr/bin/env bash
# Microsoft.Extensions.Http.Resilience 10.11.0, the standard handler with its defaults (three retries, exponential from two seconds, jitter). Seen 2026-11-29.
# An API answers 503: without Retry-After, with Retry-After: 0, and with a date that has passed, as a server sends whose clock is behind.
# Expected: the header may lengthen a pause; with 0 the handler's own backoff is left.
# Seen: a zero or a date in the past is taken as the pause itself. Four calls go out within moments, and the call has failed; without the header it takes
# seconds, as the backoff says.
# What follows: who keeps the handler's Retry-After must set a lower bound of one's own (DelayGenerator), or an overloaded API that says "now" gets four
# calls at once from everybody.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Extensions.Http.Resilience" Version="10.11.0" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

foreach ((string name, string? header) in new (string, string?)[] { ("none", null), ("0", "0"), ("a date that has passed", DateTimeOffset.UtcNow.AddHours(-1).ToString("R")) })
{
    Busy api = new(header);
    ServiceCollection services = new();
    services.AddHttpClient("api").ConfigurePrimaryHttpMessageHandler(() => api).AddStandardResilienceHandler();
    using ServiceProvider provider = services.BuildServiceProvider();
    long begun = Stopwatch.GetTimestamp();
    using HttpResponseMessage answer = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetAsync("http://api.test/");
    TimeSpan took = Stopwatch.GetElapsedTime(begun);
    Console.Error.WriteLine($"{name}: {took.TotalSeconds:0.00} s");
    Console.WriteLine($"Retry-After: {name}: {api.Calls} calls, the last {(int)answer.StatusCode}, {(took < TimeSpan.FromSeconds(1) ? "within a second" : "over seconds")}");
}

internal sealed class Busy(string? retryAfter) : HttpMessageHandler
{
    public int Calls { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls++;
        HttpResponseMessage answer = new(HttpStatusCode.ServiceUnavailable);
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return Task.FromResult(answer);
    }
}
END
cat > expected <<'TEXT'
Retry-After: none: 4 calls, the last 503, over seconds
Retry-After: 0: 4 calls, the last 503, within a second
Retry-After: a date that has passed: 4 calls, the last 503, within a second
TEXT

dotnet run -c Release 2> errors | tee seen || { cat errors >&2; exit 1; }
cat errors >&2
diff expected seen && echo "as found"
