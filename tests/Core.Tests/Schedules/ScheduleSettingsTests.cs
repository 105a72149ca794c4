using Courier.Schedules;
using Courier.Tests.Configuration;

namespace Courier.Tests.Schedules;

/// <summary>Settings <c>Schedules:n:*</c>, and what the start says to wrong ones.</summary>
public sealed class ScheduleSettingsTests
{
    private const string Request = """{"method":"GET","path":"/portfolios"}""";

    [Fact]
    public void Schedules_are_read_in_the_order_of_their_numbers_with_gaps()
    {
        ScheduleOptions options = TestSettings.Options<ScheduleOptions>(
            ("Schedules:10:Name", "ten"), ("Schedules:10:Cron", TestSchedules.Hourly), ("Schedules:10:Request", Request),
            ("schedules:2:name", "two"), ("schedules:2:CRON", " 0 0 6 * * 1-5 "), ("Schedules:2:Request", Request));

        Assert.Equal([(2, "two", "0 0 6 * * 1-5"), (10, "ten", TestSchedules.Hourly)], options.Schedules.Select(schedule => (schedule.Number, schedule.Name, schedule.Cron)));
    }

    [Fact]
    public void Schedule_runs_on_the_clocks_of_its_time_zone()
    {
        ScheduleOptions options = TestSettings.Options<ScheduleOptions>(
            [.. Right(0, "there"), .. Right(1, "anywhere"), .. Right(2, "blank"), ("Schedules:0:TimeZone", " Asia/Kolkata "), ("Schedules:2:TimeZone", "")]);

        Assert.Equal(["Asia/Kolkata", "UTC", "UTC"], options.Schedules.Select(schedule => schedule.Zone?.Id));
    }

    [Fact]
    public void No_schedules_are_no_error()
    {
        Assert.Empty(TestSettings.Errors());
        Assert.Empty(TestSettings.Errors(("Schedules", ""), ("Schedules:0:Name", ""), ("Schedules:0:Cron", " "), ("Schedules:1", "")));
        Assert.Empty(TestSettings.Options<ScheduleOptions>(("Schedules:0:Name", "")).Schedules);
    }

    [Theory]
    [InlineData("Name", "", "is not set: it must be 1 to 64 characters out of A-Z a-z 0-9 . _ - .")]
    [InlineData("Name", "my schedule", "is 'my schedule': it must be 1 to 64 characters")]
    [InlineData("Name", "a1234567890123456789012345678901234567890123456789012345678901234", "it must be 1 to 64 characters")]
    [InlineData("Cron", "", "is not set: it must be six fields (second minute hour day month weekday), like 0 30 6 * * 1-5.")]
    [InlineData("Cron", "0 6 * * *", "is '0 6 * * *': it must be six fields")]
    [InlineData("Cron", "0 0 6 * * 8", "Days of week: Value must be a number between 0 and 7 (all inclusive).")]
    [InlineData("Cron", "0 */-5 * * * *", "Minutes: Value must be a number between 1 and 59 (all inclusive).")]
    [InlineData("Cron", "0 10-20/100 * * * *", "Minutes: Value must be a number between 1 and 59 (all inclusive).")]
    [InlineData("Cron", "0 */0 * * * *", "Minutes: Value must be a number between 1 and 59 (all inclusive).")]
    [InlineData("Cron", "0 0 H * * *", "`H`, a time that is picked for you, is not among what a field may hold.")]
    [InlineData("Cron", "99999999999 * * * * *", "Seconds: Value must be a number between 0 and 59 (all inclusive).")]
    [InlineData("TimeZone", "Europe/Viena", "is 'Europe/Viena': it must be the name of a time zone in the IANA database that this machine knows, like Europe/Vienna")]
    [InlineData("TimeZone", "W. Europe Standard Time", "is 'W. Europe Standard Time': it must be the name of a time zone in the IANA database that this machine knows, like Europe/Vienna")]
    [InlineData("TimeZone", "+02:00", "is '+02:00': it must be the name of a time zone")]
    [InlineData("TimeZone", "../../etc/passwd", "it must be the name of a time zone")]
    [InlineData("Cron", "0 0 0 30 2 *", "is '0 0 0 30 2 *': it must be six fields (second minute hour day month weekday), like 0 30 6 * * 1-5. There is no such day, so it would never run.")]
    [InlineData("Request", "", "is not set: it must be the JSON text of a request message without `id` and `delivery`")]
    [InlineData("Request", "GET /portfolios", "is 'GET /portfolios': it must be the JSON text of a request message without `id` and `delivery`, like {\"method\":\"GET\",\"path\":\"/companies/example.com\"}. The message is not valid JSON;")]
    [InlineData("Request", "[]", "The message is a JSON array; post a JSON object with `method` and `path`.")]
    [InlineData("Request", "{\"method\":\"get\",\"path\":\"//x\",\"verb\":1}", "`verb` is no field of a request message; remove it (your own data belongs in `metadata`). `method` is 'get': it must be one of GET, POST, PUT, PATCH, DELETE, in capitals. `path` begins with `//`")]
    [InlineData("Request", "{\"method\":\"GET\",\"path\":\"/x\",\"id\":\"mine\"}", "`id` must be left out: each run makes its own.")]
    [InlineData("Request", "{\"method\":\"GET\",\"path\":\"/x\",\"delivery\":{}}", "`delivery` must be left out: it is Courier's own.")]
    [InlineData("Request", "{\"id\":\"x\",\"delivery\":{\"claimCheck\":\"x.json\"}}", "`id` must be left out: each run makes its own. `delivery` must be left out")]
    [InlineData("Request", "{\"method\":\"GET\",\"path\":\"/x\",\"headers\":{\"X-Team\":\"a\"}}", "`headers.X-Team` may not be set by a message")]
    [InlineData("Request", "{\"\\ud800\":1,\"i\\u0064\":2}", "half of a surrogate pair")]
    public void Wrong_setting_is_named_with_its_value_and_what_is_allowed(string setting, string value, string phrase)
    {
        string error = Assert.Single(Errors(3, (setting, value)));

        Assert.StartsWith($"Schedules:3:{setting} is ", error, StringComparison.Ordinal);
        Assert.Contains(phrase, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once_also_beside_those_of_the_api() => Assert.Equal(
        ["Api:BaseUrl", "Api:Key", "Schedules:0:Name", "Schedules:0:Cron", "Schedules:0:Request", "Schedules:1:Cron"],
        TestSettings.Errors(
            ("Api:Key", ""), ("Api:BaseUrl", "nowhere"), ("Api:AllowedHeaders", "X-Team"),
            ("Schedules:0:Name", "?"), ("Schedules:0:Cron", "?"), ("Schedules:0:Request", "?"),
            ("Schedules:1:Name", "right"), ("Schedules:1:Cron", "?"), ("Schedules:1:Request", """{"method":"GET","path":"/x","headers":{"X-Team":"a"}}"""))
            .Select(error => error.Split(' ')[0]));

    [Fact]
    public void Names_must_differ_in_more_than_capitals()
    {
        string error = Assert.Single(TestSettings.Errors([.. Right(1, "daily"), .. Right(4, "Daily")]));

        Assert.Equal("Schedules:4:Name is 'Daily': it must be another name than that of Schedules:1; capitals make no difference.", error);
    }

    [Theory]
    [InlineData("Schedules:0:Corn", "Schedules:0:Corn is no setting: it must be one of Name, Cron, TimeZone, Request.")]
    [InlineData("Schedules:0:Number", "Schedules:0:Number is no setting: it must be one of Name, Cron, TimeZone, Request.")]
    [InlineData("Schedules:first:Name", "Schedules:first is no entry of a list: the entries are numbered, like Schedules:0:Name.")]
    [InlineData("Schedules:-1:Name", "Schedules:-1 is no entry of a list: the entries are numbered, like Schedules:0:Name.")]
    [InlineData("Schedules", "Schedules has a value of its own (it is not shown): it must be a list of numbered entries, like Schedules:0:Name.")]
    public void Misspelt_setting_is_an_error(string key, string expected) =>
        Assert.Equal([expected], TestSettings.Errors([.. Right(0, "right"), (key, "secret")]));

    [Fact]
    public void Credential_in_a_request_is_not_shown() => Assert.DoesNotContain(
        "s3cret", string.Concat(Errors(0, ("Request", """{"headers":{"Authorization":"Token s3cret"}}"""))), StringComparison.Ordinal);

    [Fact]
    public void Longest_name_and_a_request_in_base64_are_right() => Assert.Empty(Errors(
        0, ("Name", new string('a', 64)), ("Request", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Request)))));

    private static IReadOnlyList<string> Errors(int number, params (string Setting, string Value)[] wrong) =>
        TestSettings.Errors([.. Right(number, "right"), .. wrong.Select(each => ($"Schedules:{number}:{each.Setting}", (string?)each.Value))]);

    private static (string Key, string? Value)[] Right(int number, string name) =>
        [($"Schedules:{number}:Name", name), ($"Schedules:{number}:Cron", TestSchedules.Hourly), ($"Schedules:{number}:Request", Request)];
}
