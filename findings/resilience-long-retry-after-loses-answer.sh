#!/usr/bin/env bash
# Microsoft.Extensions.Http.Resilience 10.11.0, the standard handler; only the total timeout is shortened, from 30 seconds to 2. Seen 2026-11-29.
# An API answers at once, with 429 and a Retry-After of a minute.
# Expected: a pause that cannot be kept within the total timeout is not begun, and the caller gets the 429, with its Retry-After.
# Seen: the handler waits until the total timeout ends and throws TimeoutRejectedException. That the API was reached, what it answered and how long it
# asked one to wait is lost, though the answer came within moments; it looks as if the API did not answer.
# What follows: take what says "later than I wait" out of ShouldHandle, or keep the last answer oneself. In a queue trigger the exception means a failed
# delivery, and the next one comes long before the minute is over.
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
using System.Net;
using Microsoft.Extensions.DependencyInjection;

foreach (int seconds in (int[])[1, 60])
{
    int calls = 0;
    ServiceCollection services = new();
    services.AddHttpClient("api").ConfigurePrimaryHttpMessageHandler(() => new Limited(seconds, () => calls++)).AddStandardResilienceHandler(options =>
    {
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(2);
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(1);
        options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
        options.Retry.MaxRetryAttempts = 1;
    });
    using ServiceProvider provider = services.BuildServiceProvider();
    string end;
    try
    {
        using HttpResponseMessage answer = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetAsync("http://api.test/");
        end = $"{(int)answer.StatusCode} with Retry-After {answer.Headers.RetryAfter}";
    }
    catch (Exception e)
    {
        end = $"{e.GetType().Name}, inner {e.InnerException?.GetType().Name ?? "none"}";
    }

    Console.WriteLine($"Retry-After {seconds}: {calls} calls, {end}");
}

internal sealed class Limited(int seconds, Action called) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        called();
        HttpResponseMessage answer = new(HttpStatusCode.TooManyRequests);
        answer.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString());
        return Task.FromResult(answer);
    }
}
END
cat > expected <<'TEXT'
Retry-After 1: 2 calls, 429 with Retry-After 1
Retry-After 60: 1 calls, TimeoutRejectedException, inner TaskCanceledException
TEXT

dotnet run -c Release 2> errors | tee seen || { cat errors >&2; exit 1; }
diff expected seen && echo "as found"
