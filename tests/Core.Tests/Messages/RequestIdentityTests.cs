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
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Ids_have_at_most_128_characters(int length, bool valid) => Assert.Equal(valid, RequestIdentity.IsValid(new string('a', length)));
}
