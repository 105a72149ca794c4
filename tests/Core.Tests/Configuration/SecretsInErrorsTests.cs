using System.Text;
using Courier.Contracts;
using Courier.Messages;

namespace Courier.Tests.Configuration;

/// <summary>Errors about settings and messages say what is wrong, and not the key.</summary>
public sealed class SecretsInErrorsTests
{
    [Fact]
    public async Task Schedule_that_holds_the_key_is_not_shown_at_start()
    {
        await using TestCourier courier = TestCourier.Create(settings:
        [
            new("Api:KeyHeader", "X-Api-Key"), new("Schedules:0:Name", "daily"), new("Schedules:0:Cron", "0 0 0 * * *"),
            new("Schedules:0:Request", $$"""{"headers":{"X-Api-Key":"{{TestCourier.Key}}"},"method":"GET","path":"/x"}"""),
        ]);

        Exception refused = Assert.ThrowsAny<Exception>(() => courier.Get<Courier.Schedules.ScheduleBook>());

        Assert.Contains("Schedules:0:Request", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCourier.Key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_in_the_query_of_the_base_address_is_not_shown_at_start()
    {
        await using TestCourier courier = TestCourier.Create(settings: [new("Api:BaseUrl", "https://api.test/?key=" + TestCourier.Key)]);

        Exception refused = Assert.ThrowsAny<Exception>(() => courier.Get<Courier.Api.ApiClient>());

        Assert.Contains("Api:BaseUrl", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCourier.Key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_validate_says_holds_no_key()
    {
        await using TestCourier courier = TestCourier.Create();

        IReadOnlyList<string> problems = courier.Get<EnvelopeReader>().Problems(Encoding.UTF8.GetBytes($$"""{"method":"{{TestCourier.Key}}","path":"/x"}"""), courier.Now);

        Assert.DoesNotContain(problems, problem => problem.Contains(TestCourier.Key, StringComparison.Ordinal));
    }
}
