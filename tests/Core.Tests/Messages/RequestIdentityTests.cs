using Courier.Messages;

namespace Courier.Tests.Messages;

public sealed class RequestIdentityTests
{
    private const string NoId = """{"method":"GET","path":"/x"}""";

    [Fact]
    public void Made_id_is_a_version_7_uuid_of_the_moment_of_posting()
    {
        Guid id = Guid.Parse(TestMessages.Request(NoId).Request.Id);

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 0x8, 0xB);
        long milliseconds = Convert.ToInt64(id.ToString("N")[..12], 16);
        Assert.Equal(TestMessages.Posted, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("a", true)]
    [InlineData("a~2", true)]
    [InlineData("a~0123456789", true)]
    [InlineData("a~01234567890", false)]
    [InlineData("a~", false)]
    [InlineData("a~2b", false)]
    [InlineData("a~b", false)]
    [InlineData("..~2", false)]
    [InlineData("~2", false)]
    [InlineData("a~2~3", false)]
    public void Page_is_known_by_the_number_after_its_list_s_id(string id, bool isValid) => Assert.Equal(isValid, RequestIdentity.IsValidOrPage(id));

    [Fact]
    public void Same_queue_message_gets_the_same_id_at_each_delivery()
    {
        string first = RequestIdentity.Make(TestMessages.CreateMessage(NoId, dequeueCount: 1));

        string second = RequestIdentity.Make(TestMessages.CreateMessage(NoId, dequeueCount: 2));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Same_text_in_another_queue_message_gets_another_id()
    {
        string first = RequestIdentity.Make(TestMessages.CreateMessage(NoId, id: "m1"));

        string second = RequestIdentity.Make(TestMessages.CreateMessage(NoId, id: "m2"));

        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Made_id_is_itself_valid() => Assert.True(RequestIdentity.IsValid(RequestIdentity.Make(TestMessages.CreateMessage(NoId))));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-z_0.9", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("a~2", false)]
    [InlineData("ä", false)]
    [InlineData("a\n", false)]
    public void Ids_are_letters_digits_dots_underscores_and_hyphens(string id, bool valid) => Assert.Equal(valid, RequestIdentity.IsValid(id));

    [Theory]
    [InlineData("a~2", 2, true)]
    [InlineData("a.b-c_d~1000", 1000, true)]
    [InlineData("a~2", 3, false)]
    [InlineData("a", 2, false)]
    [InlineData("a~02", 2, false)]
    [InlineData("a~2~2", 2, false)]
    [InlineData("~2", 2, false)]
    [InlineData("a~2 ", 2, false)]
    [InlineData("a/b~2", 2, false)]
    public void Page_has_the_id_of_the_first_page_and_its_number(string id, int number, bool valid) =>
        Assert.Equal(valid, RequestIdentity.IsValid(id, new PageState(number, TestMessages.Posted, "")));

    [Fact]
    public void Longest_id_has_pages_too()
    {
        string first = new('a', RequestIdentity.MaximumLength);

        string second = RequestIdentity.NextPage(first, 1);

        Assert.Equal(first + "~2", second);
        Assert.Equal(first + "~3", RequestIdentity.NextPage(second, 2));
        Assert.True(RequestIdentity.IsValid(second, new PageState(2, TestMessages.Posted, "")));
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Ids_have_at_most_128_characters(int length, bool valid) => Assert.Equal(valid, RequestIdentity.IsValid(new string('a', length)));
}
