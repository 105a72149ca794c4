using Courier.Configuration;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Configuration;

public sealed class StartupErrorsTests
{
    [Fact]
    public void Failures_of_several_sections_are_lines_of_one_message_and_each_an_error_to_the_functions_host()
    {
        AggregateException error = new(
            CreateFailure("A is wrong.", "B is 'two\r\nlines'."), new AggregateException(CreateFailure("C is wrong."), CreateFailure("A is wrong.")));

        string[] lines = StartupErrors.Describe(error)!.Split(Environment.NewLine);

        Assert.Equal(
            ["error: Courier cannot start: 3 of its settings are wrong.", "error: A is wrong.", "error: B is 'two  lines'.", "error: C is wrong."], lines[..4]);
        Assert.StartsWith("error: In an environment variable", Assert.Single(lines[4..]), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_errors_are_not_described() => Assert.Null(StartupErrors.Describe(new InvalidOperationException("Something else.")));

    private static OptionsValidationException CreateFailure(params string[] failures) => new("", typeof(object), failures);
}
