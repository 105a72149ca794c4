using Courier.Contracts;

namespace Courier.Tests.Configuration;

/// <summary>Each wrong setting is named with its key, its value, and what is allowed.</summary>
public sealed class WrongSettingTests
{
    [Theory]
    [InlineData("Api:BaseUrl", "api.example.com", "must be an absolute https address")]
    [InlineData("Api:BaseUrl", "/v1", "must be an absolute https address")]
    [InlineData("Api:BaseUrl", "ftp://api.example.com/", "must be an absolute https address")]
    [InlineData("Api:BaseUrl", "http://api.example.com/", "must be https, because the key travels with every call; http is allowed on loopback only")]
    [InlineData("Api:BaseUrl", "https://api.example.com/?v=1", "must have no query string and no fragment")]
    [InlineData("Api:BaseUrl", "https://api.example.com/#v1", "must have no query string and no fragment")]
    [InlineData("Api:BaseUrl", "https://[", "must be an address")]
    [InlineData("Api:StatusPageUrl", "status.example.com", "must be an absolute http or https address")]
    [InlineData("Api:StatusPageUrl", "javascript:alert(1)", "must be an absolute http or https address")]
    [InlineData("Api:ProbePath", "https://api.example.com/me", "`path` must be an absolute path")]
    [InlineData("Api:ProbePath", "/../me", "contains a `.` or `..` segment")]
    [InlineData("Api:MaxResponseBytes", "1023", "must be between 1024 (1 KiB) and 268435456 (256 MiB)")]
    [InlineData("Api:MaxResponseBytes", "268435457", "must be between 1024 (1 KiB) and 268435456 (256 MiB)")]
    [InlineData("Api:MaxResponseBytes", "8 MiB", "must be a whole number")]
    [InlineData("Api:MaxResponseBytes", "99999999999", "must be a whole number")]
    [InlineData("Api:MaxPages", "0", "must be between 1 and 1000")]
    [InlineData("Api:MaxPages", "1001", "must be between 1 and 1000")]
    [InlineData("RequestQueue", "API-Requests", "must be 3 to 56 lower-case letters, digits and single hyphens")]
    [InlineData("Queues:Requests", "API-Requests", "must be 3 to 56 lower-case letters, digits and single hyphens")]
    [InlineData("Queues:Results", "ab", "must be 3 to 56 lower-case letters")]
    [InlineData("Queues:DeadLetters", "dead--letters", "must be 3 to 56 lower-case letters")]
    [InlineData("Queues:Alerts", "-alerts", "must be 3 to 56 lower-case letters")]
    [InlineData("Queues:Alerts", "dead_letters", "must be 3 to 56 lower-case letters")]
    [InlineData("Queues:Requests", "a12345678901234567890123456789012345678901234567890123456", "must be 3 to 56 lower-case letters")]
    [InlineData("Resilience:AttemptTimeout", "00:00:00", "must be between 00:00:00.0100000 and 00:02:00")]
    [InlineData("Resilience:AttemptTimeout", "-00:00:01", "must be between")]
    [InlineData("Resilience:AttemptTimeout", "ten seconds", "must be a duration like 00:00:30")]
    [InlineData("Resilience:TotalTimeout", "00:05:00", "must be between 00:00:00.0100000 and 00:04:00")]
    [InlineData("Resilience:Retries", "-1", "must be between 0 and 10")]
    [InlineData("Resilience:Retries", "11", "must be between 0 and 10")]
    [InlineData("Resilience:Retries", "2.5", "must be a whole number")]
    [InlineData("Resilience:BaseDelay", "00:01:01", "must be between 00:00:00 and 00:01:00")]
    [InlineData("Resilience:BreakDuration", "00:00:00", "must be between 00:00:00.5000000 and 01:00:00")]
    [InlineData("Resilience:BreakerFailureRatio", "0", "must be between 0.01 and 1")]
    [InlineData("Resilience:BreakerFailureRatio", "1.5", "must be between 0.01 and 1")]
    [InlineData("Resilience:BreakerFailureRatio", "NaN", "must be between 0.01 and 1")]
    [InlineData("Resilience:BreakerFailureRatio", "0,5", "must be a number with a decimal point")]
    [InlineData("Resilience:BreakerMinimumThroughput", "1", "must be between 2 and 1000000")]
    [InlineData("Resilience:BreakerSamplingDuration", "1.00:00:00", "must be between 00:00:00.5000000 and 01:00:00")]
    [InlineData("Routing:MaxAttempts", "0", "must be between 1 and 1000")]
    [InlineData("Routing:MaxRefusals", "0", "must be between 1 and 1000")]
    [InlineData("Routing:BaseDelay", "-00:00:01", "must be between 00:00:00 and 6.00:00:00")]
    [InlineData("Routing:MaxAttempts", "eight", "must be a whole number")]
    [InlineData("Routing:MaxAge", "00:00:00", "must be between 00:00:01 and 365.00:00:00")]
    [InlineData("Routing:MaxAge", "3 days", "must be a duration like 00:00:30 (hours:minutes:seconds) or 3.00:00:00 (days first)")]
    [InlineData("Routing:MaxDelay", "7.00:00:00", "must be between 00:00:00 and 6.00:00:00")]
    public void Wrong_setting_is_named_with_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        string error = Assert.Single(TestSettings.Errors((key, value)));

        Assert.StartsWith($"{key} is '{value}': ", error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resilience:AttemptTimeout", "00:01:00", "Resilience:TotalTimeout", "00:00:30")]
    [InlineData("Routing:BaseDelay", "00:10:00", "Routing:MaxDelay", "00:05:00")]
    public void Settings_that_contradict_each_other_are_shown_both(string key, string value, string limitKey, string limit)
    {
        string error = Assert.Single(TestSettings.Errors((key, value), (limitKey, limit)));

        Assert.Equal($"{key} is '{value}': it must not be above {limitKey}, which is '{limit}'.", error);
    }

    [Fact]
    public void Queues_must_differ()
    {
        string error = Assert.Single(TestSettings.Errors(("Queues:Results", "shared"), ("Queues:Alerts", "shared")));

        Assert.Equal("Queues:Results and Queues:Alerts are all 'shared': each must name a queue of its own.", error);
    }

    [Theory]
    [InlineData("Queues:Requests", "others", "Queues:Requests is 'others': it must be what RequestQueue is, 'inbox', or be left out.")]
    [InlineData("PoisonQueue", "others-poison", "PoisonQueue is 'others-poison': it must be 'inbox-poison', because the host moves messages from 'inbox' to no other queue.")]
    [InlineData("Queues:Alerts", "inbox-poison", "Queues:Alerts and PoisonQueue are all 'inbox-poison': each must name a queue of its own.")]
    public void Queues_of_the_triggers_are_named_once(string key, string value, string expected) =>
        Assert.Equal(expected, Assert.Single(TestSettings.Errors(("RequestQueue", "inbox"), (key, value))));

    [Theory]
    [InlineData("Authorization")]
    [InlineData("proxy-authorization")]
    [InlineData("Host")]
    [InlineData("Cookie")]
    [InlineData("Content-Type")]
    [InlineData("Content-Length")]
    [InlineData("Content-Language")]
    [InlineData("Content-Disposition")]
    [InlineData("Expires")]
    [InlineData("Last-Modified")]
    [InlineData("Allow")]
    [InlineData("Transfer-Encoding")]
    [InlineData("X Team")]
    [InlineData("X-Team:")]
    public void Header_that_a_message_may_never_set_cannot_be_allowed(string header)
    {
        string error = Assert.Single(TestSettings.Errors(("Api:AllowedHeaders", $"Accept, {header}")));

        Assert.Equal($"Api:AllowedHeaders contains '{header}': a message may never set that header.", error);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Host")]
    [InlineData("Content-Type")]
    [InlineData("Content-Language")]
    [InlineData("X Team")]
    public void Header_that_courier_sets_itself_cannot_be_set(string header)
    {
        string error = Assert.Single(TestSettings.Errors(($"Api:Headers:{header}", "a-secret-perhaps")));

        Assert.StartsWith($"Api:Headers:{header} is not allowed", error, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-perhaps", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nHost: evil.test")]
    [InlineData("é")]
    public void Value_of_a_header_is_checked_and_not_shown(string value)
    {
        string error = Assert.Single(TestSettings.Errors(("Api:Headers:X-Team", value)));

        Assert.StartsWith("Api:Headers:X-Team (its value is not shown) holds a line break", error, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Api:Key is not set")]
    [InlineData("", "Api:Key is not set")]
    [InlineData("  ", "Api:Key is not set")]
    [InlineData("Token abcdef", "holds a space")]
    [InlineData("abc\ndef", "line break")]
    [InlineData("abcdéf", "printable ASCII")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://v.test/s)", "unresolved Key Vault reference")]
    public void Wrong_key_is_not_shown(string? key, string phrase)
    {
        string error = Assert.Single(TestSettings.Errors(("Api:Key", key)));

        Assert.StartsWith("Api:Key ", error, StringComparison.Ordinal);
        Assert.Contains(phrase, error, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", error, StringComparison.Ordinal);
        Assert.DoesNotContain("v.test", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:s3cret@api.example.com")]
    [InlineData("http://user:s3cret@api.example.com")]
    [InlineData("ftp://user:s3cret@api.example.com")]
    [InlineData("https://s3cret@api.example.com/?a=1")]
    public void Password_in_an_address_is_not_shown(string address)
    {
        string error = Assert.Single(TestSettings.Errors(("Api:BaseUrl", address)));

        Assert.StartsWith("Api:BaseUrl ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_settings_have_no_errors() => Assert.Empty(TestSettings.Errors(
        ("Api:BaseUrl", "http://127.0.0.1:5000/v1/"), ("Api:Key", TestCourier.Key), ("Api:Headers:X-Team", "a b"), ("Api:AllowedHeaders", "X-One,X-Two"),
        ("Resilience:Retries", "0"), ("Routing:BaseDelay", "00:00:00"), ("Queues:Requests", "abc")));
}
