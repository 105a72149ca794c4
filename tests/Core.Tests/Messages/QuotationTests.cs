using Courier.Messages;

namespace Courier.Tests.Messages;

/// <summary>Pieces of a malformed message, as a sentence repeats them.</summary>
public sealed class QuotationTests
{
    [Theory]
    [InlineData(60, "", 60, "")]
    [InlineData(61, "", 60, "…")]
    [InlineData(59, "😀", 59, "…")] // no half of a character
    [InlineData(58, "😀", 58, "😀")]
    public void Sixty_characters_stand_in_a_sentence(int letters, string end, int kept, string rest) =>
        Assert.Equal(new string('a', kept) + rest, Quotation.Short(new string('a', letters) + end));

    [Theory]
    [InlineData("Authorization: Bearer abcdef", "[removed]")]
    [InlineData("x authorization=\"abc\" y", "x [removed]\" y")]
    [InlineData("no such thing", "no such thing")]
    public void What_was_given_for_authorization_is_left_out(string text, string quoted)
    {
        Assert.Equal(quoted, Quotation.Of(text));
        Assert.Equal(quoted, Quotation.Short(text));
    }
}
